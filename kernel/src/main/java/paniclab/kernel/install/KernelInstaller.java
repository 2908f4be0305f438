package paniclab.kernel.install;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

/** Installs, removes and lists the kernelspec. */
public final class KernelInstaller {
  private final Consumer<String> progress;

  /**
   * @param progress takes a line for each step
   */
  public KernelInstaller(Consumer<String> progress) {
    this.progress = progress;
  }

  /** Where the kernelspec goes. */
  public sealed interface Target {
    /** Below a folder: {@code share/jupyter/kernels}. */
    record Prefix(Path folder) implements Target {}

    /** The user's own Jupyter data folder. */
    record User() implements Target {}

    /**
     * The Python environment that is active: VIRTUAL_ENV or CONDA_PREFIX, else that of the first
     * python3 on the PATH.
     */
    record SysPrefix() implements Target {}
  }

  /**
   * Installs the kernel with the class path of this process.
   *
   * @param caches whether to make the AOT caches, which takes some seconds and makes starts fast
   * @return the folder of the kernelspec
   */
  public Path install(Target target, boolean caches) throws IOException, InterruptedException {
    return install(target, System.getProperty("java.class.path"), caches);
  }

  /** The same with a class path of the caller's. */
  public Path install(Target target, String classPath, boolean caches)
      throws IOException, InterruptedException {
    Path folder = kernels(target).resolve(KernelSpec.NAME);
    delete(folder);
    Files.createDirectories(folder);
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    KernelSpec spec =
        new KernelSpec(java, jars(classPath, folder), Optional.empty(), Optional.empty());
    if (caches) {
      spec = new Training(progress).withCaches(spec, folder);
    }
    Files.writeString(folder.resolve("kernel.json"), spec.json());
    progress.accept("installed " + folder);
    return folder;
  }

  /**
   * Removes the kernel.
   *
   * @return whether there was one
   */
  public boolean uninstall(Target target) throws IOException {
    Path folder = kernels(target).resolve(KernelSpec.NAME);
    boolean there = Files.exists(folder);
    delete(folder);
    return there;
  }

  /** The folders of this kernel's specs, wherever Jupyter would look on this machine. */
  public static List<Path> list() {
    Set<Path> places = new LinkedHashSet<>();
    places.add(kernels(new Target.User()));
    sysPrefix().map(p -> kernels(new Target.Prefix(p))).ifPresent(places::add);
    String path = System.getenv("JUPYTER_PATH");
    if (path != null) {
      for (String p : path.split(File.pathSeparator)) {
        if (!p.isBlank()) {
          places.add(Path.of(p, "kernels"));
        }
      }
    }
    places.add(Path.of("/usr/local/share/jupyter/kernels"));
    places.add(Path.of("/usr/share/jupyter/kernels"));
    return places.stream()
        .map(p -> p.resolve(KernelSpec.NAME))
        .filter(p -> Files.isRegularFile(p.resolve("kernel.json")))
        .toList();
  }

  private static Path kernels(Target target) {
    return switch (target) {
      case Target.Prefix p ->
          p.folder().toAbsolutePath().normalize().resolve(Path.of("share", "jupyter", "kernels"));
      case Target.User _ -> userData().resolve("kernels");
      case Target.SysPrefix _ ->
          kernels(
              new Target.Prefix(
                  sysPrefix()
                      .orElseThrow(() ->
                          new IllegalStateException(
                              "--sys-prefix: no Python environment is active and there is no"
                                  + " python3 on the PATH; use --prefix DIR or --user"))));
    };
  }

  private static Path userData() {
    String said = System.getenv("JUPYTER_DATA_DIR");
    if (said != null && !said.isBlank()) {
      return Path.of(said);
    }
    Path home = Path.of(System.getProperty("user.home"));
    String os = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    if (os.contains("mac")) {
      return home.resolve("Library").resolve("Jupyter");
    }
    String appData = System.getenv("APPDATA");
    if (os.contains("windows") && appData != null) {
      return Path.of(appData, "jupyter");
    }
    String xdg = System.getenv("XDG_DATA_HOME");
    Path data =
        xdg == null || xdg.isBlank() ? home.resolve(".local").resolve("share") : Path.of(xdg);
    return data.resolve("jupyter");
  }

  private static Optional<Path> sysPrefix() {
    for (String name : new String[] {"VIRTUAL_ENV", "CONDA_PREFIX"}) {
      String said = System.getenv(name);
      if (said != null && !said.isBlank()) {
        return Optional.of(Path.of(said));
      }
    }
    try {
      Process p =
          new ProcessBuilder("python3", "-c", "import sys; print(sys.prefix)")
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      String out = new String(p.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      return out.isEmpty() ? Optional.empty() : Optional.of(Path.of(out));
    } catch (IOException noPython) {
      return Optional.empty();
    }
  }

  /** AOT caches know jars only: folders of classes are packed beside the kernelspec. */
  private static String jars(String classPath, Path folder) throws IOException {
    List<String> entries = new ArrayList<>();
    int n = 0;
    for (String entry : classPath.split(File.pathSeparator)) {
      // An empty entry means the current folder, which nobody wants in a kernel.
      if (entry.isBlank()) {
        continue;
      }
      Path path = Path.of(entry).toAbsolutePath().normalize();
      if (Files.isDirectory(path)) {
        Path jar = folder.resolve("classes-" + n++ + ".jar");
        pack(path, jar);
        entries.add(jar.toString());
      } else if (Files.isRegularFile(path)) {
        entries.add(path.toString());
      }
    }
    return String.join(File.pathSeparator, entries);
  }

  private static void pack(Path classes, Path jar) throws IOException {
    try (OutputStream out = Files.newOutputStream(jar);
        JarOutputStream pack = new JarOutputStream(out);
        Stream<Path> files = Files.walk(classes)) {
      pack.setLevel(0);
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        String name = classes.relativize(file).toString().replace(File.separatorChar, '/');
        JarEntry inJar = new JarEntry(name);
        inJar.setLastModifiedTime(FileTime.fromMillis(0));
        pack.putNextEntry(inJar);
        Files.copy(file, pack);
        pack.closeEntry();
      }
    }
  }

  private static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes a) throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(
              Path dir, @org.jspecify.annotations.Nullable IOException e) throws IOException {
            Files.delete(dir);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
