package paniclab.model.program;

import java.util.List;
import java.util.Optional;
import paniclab.model.c.CProgram;
import paniclab.model.stack.FrameTable;

/**
 * A whole Go program as data: what the front end made of the learner's source, with the standard
 * library's functions behind it. Immutable in effect: lookups may load lazily, but the same name
 * always gives the same answer, from any thread.
 */
public interface Program {
  /** The learner's files. */
  List<SourceFile> sources();

  /** The unique name of the initialiser that runs first: it calls those of the imports. */
  String initFunction();

  /** The unique name of {@code main.main}. */
  String mainFunction();

  /** A function by its unique name. */
  Optional<Function> function(String name);

  /** The type of a package variable (not of its address) by its qualified name. */
  Optional<GoType> global(String name);

  /**
   * The unique name of the function that implements a method for a dynamic type.
   *
   * @param type a concrete type
   * @param packagePath declaring package of an unexported name, empty for an exported one
   */
  Optional<String> method(GoType type, String name, String packagePath);

  /** How many exported methods a type has that is no interface. */
  int exportedMethods(GoType type);

  /** The C beside it. */
  default CProgram c() {
    return CProgram.NONE;
  }

  /** What is known of the frames that Go's compiler gives the functions. */
  default FrameTable frames() {
    return FrameTable.NONE;
  }

  /** The same program, with frames that are known from a build of it. */
  default Program withFrames(FrameTable table) {
    return table.isEmpty() ? this : new BuiltProgram(this, table.or(frames()));
  }

  /** Whether the package with this import path is the learner's (and not of the library). */
  boolean isUserPackage(String packagePath);
}
