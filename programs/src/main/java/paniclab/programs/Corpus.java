package paniclab.programs;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import paniclab.model.program.SourceFile;
import paniclab.model.stack.FrameTable;

/** The programs of the lessons and exercises, by id. */
public final class Corpus {
  /** The resource that lists the archives, one path a line. */
  private static final String INDEX = "index.txt";

  private final Map<String, GoProgram> byId;

  private Corpus(Map<String, GoProgram> byId) {
    this.byId = byId;
  }

  /**
   * The programs that came with the product.
   *
   * @throws BadProgramException where an archive is broken
   */
  public static Corpus builtIn() {
    return Holder.BUILT_IN;
  }

  private static final class Holder {
    static final Corpus BUILT_IN = load();
  }

  /** A corpus of some programs. */
  public static Corpus of(List<GoProgram> programs) {
    Map<String, GoProgram> byId = new TreeMap<>();
    for (GoProgram p : programs) {
      if (byId.put(p.id(), p) != null) {
        throw new BadProgramException(
            p.id() + ".txtar", 1, "another program has this id; rename one");
      }
    }
    return new Corpus(Collections.unmodifiableMap(byId));
  }

  private static Corpus load() {
    List<GoProgram> programs = new ArrayList<>();
    for (String path : read(INDEX).lines().toList()) {
      String file = path.substring(path.lastIndexOf('/') + 1);
      programs.add(
          GoProgram.parse(file.substring(0, file.length() - ".txtar".length()), read(path)));
    }
    return of(programs);
  }

  private static String read(String path) {
    try (InputStream in = Corpus.class.getResourceAsStream(path)) {
      if (in == null) {
        throw new BadProgramException(
            path, 1, "is missing in the programs module; list only files that exist in " + INDEX);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** All programs, ordered by id. */
  public List<GoProgram> all() {
    return List.copyOf(byId.values());
  }

  /**
   * The sizes of frames in a build of these very files, if the oracle measured one.
   *
   * @param flags of the build
   */
  public FrameTable frames(List<SourceFile> files, List<String> flags) {
    List<String> texts = files.stream().map(SourceFile::text).toList();
    for (GoProgram p : byId.values()) {
      if (!p.frames().isEmpty()
          && p.header().flags().equals(flags)
          && p.files().stream().map(SourceFile::text).toList().equals(texts)) {
        return p.frames();
      }
    }
    return FrameTable.NONE;
  }

  /** The program of this id. */
  public Optional<GoProgram> find(String id) {
    return Optional.ofNullable(byId.get(id));
  }
}
