package paniclab.exercises;

import java.util.List;

/**
 * Another program of the same idea as an item's, with the same kind of questions and a key of its
 * own.
 *
 * @param posed the item, with an id of its own, about the other program, which is in no corpus; its
 *     wrong models predict nothing, for what they say was said of the item's own program
 * @param edits what was done to the item's program, in order: kinds of mutation, with lines
 * @param key computed for this program
 */
public record Variant(Posed posed, List<String> edits, AnswerKey key) {
  public Variant {
    edits = List.copyOf(edits);
  }
}
