package paniclab.golang.internal;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Finds the gofront executable for this machine. */
public final class Gofront {
  /**
   * Where it was found: seven megabytes are read and hashed once in a JVM, not for each compile.
   */
  private static Optional<Path> found = Optional.empty();

  private Gofront() {}

  /** Names a gofront executable to use instead of the one that was built in. */
  public static final String PROPERTY = "paniclab.gofront";

  /**
   * The path of the executable: the one that the system property {@value #PROPERTY} names, or the
   * one among the resources, copied to the user's cache folder when it is not there yet.
   *
   * @throws IOException if there is none for this machine or it cannot be copied
   */
  public static Path executable() throws IOException {
    String given = System.getProperty(PROPERTY);
    if (given != null) {
      return Path.of(given);
    }
    return builtIn();
  }

  private static synchronized Path builtIn() throws IOException {
    if (found.isEmpty() || !Files.isExecutable(found.get())) {
      found = Optional.of(fromResource());
    }
    return found.get();
  }

  private static Path fromResource() throws IOException {
    String name = "gofront-" + os() + "-" + arch() + (os().equals("windows") ? ".exe" : "");
    try (InputStream in = Gofront.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IOException(
            "no Go front end was built for " + os() + "/" + arch() + " (resource " + name + ")");
      }
      return extract(in.readAllBytes(), name);
    }
  }

  private static Path extract(byte[] content, String name) throws IOException {
    Path dir = cacheFolder();
    Path target = dir.resolve(hash(content) + "-" + name);
    if (Files.isExecutable(target) && Files.size(target) == content.length) {
      return target;
    }
    Files.createDirectories(dir);
    Path part = Files.createTempFile(dir, name, ".part");
    Files.write(part, content);
    if (!part.toFile().setExecutable(true, true)) {
      throw new IOException("cannot make " + part + " executable");
    }
    try {
      Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(part, target, StandardCopyOption.REPLACE_EXISTING);
    }
    return target;
  }

  private static Path cacheFolder() {
    String xdg = System.getenv("XDG_CACHE_HOME");
    String local = System.getenv("LOCALAPPDATA");
    Path home = Path.of(System.getProperty("user.home"));
    Path base =
        xdg != null && !xdg.isEmpty()
            ? Path.of(xdg)
            : switch (os()) {
              case "windows" -> local != null ? Path.of(local) : home.resolve("AppData/Local");
              case "darwin" -> home.resolve("Library/Caches");
              default -> home.resolve(".cache");
            };
    return base.resolve("paniclab");
  }

  private static String hash(byte[] content) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(content);
      return HexFormat.of().formatHex(digest, 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new UncheckedIOException(new IOException(e)); // every JDK has SHA-256
    }
  }

  private static String os() {
    String os = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    return os.startsWith("windows") ? "windows" : os.startsWith("mac") ? "darwin" : "linux";
  }

  private static String arch() {
    return Set.of("aarch64", "arm64").contains(System.getProperty("os.arch")) ? "arm64" : "amd64";
  }
}
