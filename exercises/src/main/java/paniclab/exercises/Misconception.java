package paniclab.exercises;

/**
 * A named wrong model of Go.
 *
 * @param statement what a person who holds it would say
 * @param feedback what that person needs to hear
 */
public record Misconception(String id, Text statement, Text feedback) {}
