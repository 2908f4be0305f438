package paniclab.model.program;

import java.util.List;
import java.util.Optional;
import paniclab.model.c.CProgram;
import paniclab.model.stack.FrameTable;

/** A program of which a build is known. */
record BuiltProgram(Program program, FrameTable frames) implements Program {
  @Override
  public List<SourceFile> sources() {
    return program.sources();
  }

  @Override
  public String initFunction() {
    return program.initFunction();
  }

  @Override
  public String mainFunction() {
    return program.mainFunction();
  }

  @Override
  public Optional<Function> function(String name) {
    return program.function(name);
  }

  @Override
  public Optional<GoType> global(String name) {
    return program.global(name);
  }

  @Override
  public Optional<String> method(GoType type, String name, String packagePath) {
    return program.method(type, name, packagePath);
  }

  @Override
  public int exportedMethods(GoType type) {
    return program.exportedMethods(type);
  }

  @Override
  public CProgram c() {
    return program.c();
  }

  @Override
  public boolean isUserPackage(String packagePath) {
    return program.isUserPackage(packagePath);
  }
}
