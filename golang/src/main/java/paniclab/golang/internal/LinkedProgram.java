package paniclab.golang.internal;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import paniclab.model.c.CProgram;
import paniclab.model.program.Function;
import paniclab.model.program.GoType;
import paniclab.model.program.Program;
import paniclab.model.program.SourceFile;
import paniclab.model.stack.FrameTable;

/** The learner's unit before the library. */
public final class LinkedProgram implements Program {
  private final List<SourceFile> sources;
  private final Unit user;
  private final Unit library;
  private final CProgram c;

  /** Links two units. */
  public LinkedProgram(List<SourceFile> sources, Unit user, Unit library) {
    this(sources, user, library, CProgram.NONE);
  }

  /** Links two units and what they call in C. */
  public LinkedProgram(List<SourceFile> sources, Unit user, Unit library, CProgram c) {
    this.sources = List.copyOf(sources);
    this.user = user;
    this.library = library;
    this.c = c;
  }

  @Override
  public CProgram c() {
    return c;
  }

  @Override
  public List<SourceFile> sources() {
    return sources;
  }

  @Override
  public String initFunction() {
    return user.initFunction();
  }

  @Override
  public String mainFunction() {
    return user.mainFunction();
  }

  @Override
  public Optional<Function> function(String name) {
    return user.function(name).or(() -> library.function(name));
  }

  @Override
  public Optional<GoType> global(String name) {
    return user.global(name).or(() -> library.global(name));
  }

  @Override
  public int exportedMethods(GoType type) {
    int own = user.exportedMethods(type);
    return own > 0 ? own : library.exportedMethods(type);
  }

  @Override
  public Optional<String> method(GoType type, String name, String packagePath) {
    return user.method(type, name, packagePath).or(() -> library.method(type, name, packagePath));
  }

  @Override
  public FrameTable frames() {
    return Frames.LIBRARY;
  }

  /** What Go's compiler gives the functions of the standard library, whatever a program's flags. */
  private static final class Frames {
    static final FrameTable LIBRARY = read();

    private static FrameTable read() {
      try (InputStream in =
          LinkedProgram.class.getResourceAsStream("/paniclab/golang/library.frames")) {
        if (in == null) {
          throw new IllegalStateException(
              "library.frames is missing; build the module golang again");
        }
        return FrameTable.searched(new String(in.readAllBytes(), StandardCharsets.UTF_8));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  @Override
  public boolean isUserPackage(String packagePath) {
    return packagePath.equals("main");
  }
}
