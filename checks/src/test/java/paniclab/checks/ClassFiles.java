package paniclab.checks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.constantpool.MemberRefEntry;
import java.lang.classfile.constantpool.PoolEntry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** What the compiled classes of a module refer to. */
final class ClassFiles {
  private ClassFiles() {}

  /** The classes of a module, sorted. */
  static List<Path> of(String module) {
    Path classes = Repository.ROOT.resolve(module).resolve("target").resolve("classes");
    if (!Files.isDirectory(classes)) {
      throw new IllegalStateException(
          Repository.name(classes) + " is missing: run the whole build, ./paniclab test");
    }
    try (Stream<Path> all = Files.walk(classes)) {
      return all.filter(p -> p.toString().endsWith(".class")).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The classes named in the constant pool, with dots, arrays by their element. */
  static Set<String> classesNamed(Path file) {
    Set<String> names = new TreeSet<>();
    for (PoolEntry entry : parse(file).constantPool()) {
      if (entry instanceof ClassEntry c) {
        names.add(
            c.asInternalName().replace('/', '.').replaceFirst("^\\[+L?", "").replace(";", ""));
      }
    }
    return names;
  }

  /** The fields and methods named in the constant pool, as owner.name with dots. */
  static Set<String> membersNamed(Path file) {
    Set<String> names = new TreeSet<>();
    for (PoolEntry entry : parse(file).constantPool()) {
      if (entry instanceof MemberRefEntry m) {
        names.add(
            m.owner().asInternalName().replace('/', '.')
                + "."
                + m.name().stringValue()
                + m.type().stringValue().replaceFirst("\\)[^)]*$", ")"));
      }
    }
    return names;
  }

  private static ClassModel parse(Path file) {
    try {
      return ClassFile.of().parse(file);
    } catch (IOException e) {
      throw new UncheckedIOException(Repository.name(file), e);
    }
  }
}
