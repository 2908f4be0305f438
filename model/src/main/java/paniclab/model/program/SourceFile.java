package paniclab.model.program;

/**
 * A file of Go source.
 *
 * @param name as it is to appear in stack traces and diagnostics; relative names stay relative
 * @param text the whole content
 */
public record SourceFile(String name, String text) {}
