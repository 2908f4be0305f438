package paniclab.golang;

import java.util.List;
import paniclab.model.program.SourceFile;

/**
 * A program that differs from another in one small edit, and compiles as the other does.
 *
 * @param kind what was done, e.g. {@code drop-defer}; the words are those of {@code
 *     golang/gofront/internal/mutate}
 * @param file that was edited
 * @param line of the original where the edit begins, from 1
 * @param sources all files of the new program, in the order of the original
 */
public record Mutation(String kind, String file, int line, List<SourceFile> sources) {
  public Mutation {
    sources = List.copyOf(sources);
  }
}
