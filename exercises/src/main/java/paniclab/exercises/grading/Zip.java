package paniclab.exercises.grading;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;

/**
 * A zip of a class, unpacked into a folder of ours that is gone afterwards. Only notebooks and
 * timestamps are taken. No entry is written outside the folder, whatever its name says; sizes are
 * counted while they are read, whatever the zip says of them.
 */
final class Zip implements AutoCloseable {
  /** The most entries of a zip that are looked at. */
  static final int MAX_ENTRIES = 200_000;

  /** The most bytes of one notebook, unpacked. */
  static final long MAX_ENTRY = NotebookReader.MAX_BYTES;

  /** The most bytes of all of them. */
  static final long MAX_TOTAL = 16L << 30;

  private static final Charset GB18030 = Charset.forName("GB18030");

  private final Path zip;
  private final Path folder;
  private final SortedMap<Path, String> notes = new TreeMap<>();
  private final List<String> remarks = new ArrayList<>();
  private long total;

  private Zip(Path zip, Path folder) {
    this.zip = zip;
    this.folder = folder;
  }

  static boolean isZip(Path file) {
    return String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT).endsWith(".zip");
  }

  /**
   * Unpacks a zip. One that is cut off gives what can be read of it.
   *
   * @throws UsageException when nothing in it can be read
   */
  static Zip open(Path zip) throws IOException {
    Zip z = new Zip(zip, Files.createTempDirectory("paniclab-grade"));
    try {
      z.unpack();
    } catch (IOException e) {
      z.close();
      throw new UsageException(zip + ": cannot be read as a zip: " + e.getMessage());
    }
    return z;
  }

  /** Where it was unpacked. */
  Path folder() {
    return folder;
  }

  /** What is odd about a file that was unpacked; empty for nothing. */
  List<String> notes(Path file) {
    String note = notes.get(file);
    return note == null ? List.of() : List.of(note);
  }

  /** What is to be said about the zip as a whole. */
  List<String> remarks() {
    return remarks;
  }

  private void unpack() throws IOException {
    try {
      unpack(StandardCharsets.UTF_8);
    } catch (ZipException | IllegalArgumentException e) {
      if (String.valueOf(e.getMessage()).contains("entry name")) {
        unpack(GB18030); // Windows writes names in the language of the machine
      } else {
        salvage(e);
      }
    }
  }

  private void unpack(Charset names) throws IOException {
    try (ZipFile file = new ZipFile(zip.toFile(), names)) {
      Enumeration<? extends ZipEntry> entries = file.entries();
      for (int n = 0; entries.hasMoreElements(); n++) {
        if (tooMany(n)) {
          return;
        }
        ZipEntry entry = entries.nextElement();
        if (wanted(entry)) {
          try (InputStream in = file.getInputStream(entry)) {
            take(entry.getName(), in);
          } catch (IOException e) {
            damaged(entry.getName(), e);
          }
        } else {
          other(entry);
        }
      }
    }
  }

  /** Without its table at the end a zip can still be read from the beginning, for a while. */
  private void salvage(Exception problem) throws IOException {
    remarks.add(zip + ": is damaged (" + problem.getMessage() + "); read as far as it goes");
    int found = 0;
    try (ZipInputStream in = new ZipInputStream(Files.newInputStream(zip), GB18030)) {
      for (ZipEntry e = in.getNextEntry(); e != null && !tooMany(found); e = in.getNextEntry()) {
        found++;
        if (wanted(e)) {
          take(e.getName(), in);
        }
      }
    } catch (IOException | IllegalArgumentException e) {
      if (found == 0) {
        throw new IOException(problem.getMessage(), e);
      }
    }
    if (found == 0) {
      throw new IOException(String.valueOf(problem.getMessage()));
    }
  }

  private boolean tooMany(int n) {
    if (n == MAX_ENTRIES) {
      remarks.add(zip + ": only its first " + MAX_ENTRIES + " entries are looked at");
    }
    return n >= MAX_ENTRIES;
  }

  private static boolean wanted(ZipEntry entry) {
    String name = entry.getName().toLowerCase(Locale.ROOT);
    return !entry.isDirectory()
        && !name.startsWith("__macosx/")
        && (Layout.isNotebookName(name) || name.endsWith("/timestamp.txt"));
  }

  /** Of what is no notebook the name is kept: it says that somebody handed something in. */
  private void other(ZipEntry entry) throws IOException {
    String name = entry.getName();
    if (name.toLowerCase(Locale.ROOT).startsWith("__macosx/")) {
      return;
    }
    if (entry.isDirectory()) {
      Files.createDirectories(place(name));
    } else if (name.indexOf('/') < 0 && Owner.of(name).isPresent()) {
      Path marker = empty(place(name + ".ipynb"));
      notes.put(marker, "handed in as " + name + ", which is no notebook");
    } else if (name.indexOf('/') > 0) {
      empty(place(name));
    }
  }

  private static Path empty(Path file) throws IOException {
    Path parent = file.getParent();
    if (parent != null) {
      Files.createDirectories(parent);
    }
    return Files.exists(file) ? file : Files.writeString(file, "");
  }

  private void take(String name, InputStream in) throws IOException {
    Path file = place(name);
    Path parent = file.getParent();
    if (parent != null) {
      Files.createDirectories(parent);
    }
    if (outside(name)) {
      notes.put(file, "its name in the zip leads outside: " + name);
    }
    long size = 0;
    byte[] buffer = new byte[1 << 16];
    try (OutputStream out = Files.newOutputStream(file)) {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        size += n;
        total += n;
        if (size > MAX_ENTRY || total > MAX_TOTAL) {
          tooLarge(file, size > MAX_ENTRY ? MAX_ENTRY : MAX_TOTAL);
          break;
        }
        out.write(buffer, 0, n);
      }
    }
    if (notes.getOrDefault(file, "").startsWith("is larger")) {
      Files.writeString(file, "");
    }
  }

  private void tooLarge(Path file, long limit) {
    notes.put(file, "is larger than " + limit + " bytes when it is unpacked");
  }

  private void damaged(String name, IOException e) throws IOException {
    Path file = place(name);
    notes.put(file, "is damaged in the zip: " + e.getMessage());
    empty(file);
  }

  private static boolean outside(String name) {
    String n = name.replace('\\', '/');
    return n.startsWith("/") || n.matches("[A-Za-z]:.*") || ("/" + n + "/").contains("/../");
  }

  /** A place inside the folder, whatever the name says. */
  private Path place(String name) {
    Path file = folder;
    for (String part : name.replace('\\', '/').split("/")) {
      String safe = part.replaceAll("[\\p{Cntrl}:*?\"<>|]", "_");
      if (!safe.isEmpty() && !safe.equals(".") && !safe.equals("..")) {
        file = file.resolve(shortened(safe));
      }
    }
    return file.equals(folder) ? folder.resolve("_") : file;
  }

  /** File systems take 255 bytes. */
  private static String shortened(String name) {
    if (name.getBytes(StandardCharsets.UTF_8).length <= 250) {
      return name;
    }
    String end = Layout.isNotebookName(name) ? ".ipynb" : "";
    return name.substring(0, Math.min(70, name.length()))
        + "_"
        + Integer.toHexString(name.hashCode())
        + end;
  }

  @Override
  public void close() throws IOException {
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
