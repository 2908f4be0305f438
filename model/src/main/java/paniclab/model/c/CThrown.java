package paniclab.model.c;

/**
 * A C++ exception in flight.
 *
 * @param type as C++ spells it
 * @param what the text of a std::exception, else empty
 * @param value of a number
 */
public record CThrown(String type, String what, long value) {}
