package paniclab.exercises.grading;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What was graded so far: a line of JSON for each student, beside the sheet, written as it goes. A
 * run that was broken off goes on from here; parts of a class are put together from here; and what
 * a person changed in the sheet is seen by comparing the two.
 */
final class Journal {
  /** What stands in the first line. */
  record Head(String assignment, Shard shard, String terms, Optional<String> due) {}

  /** A row, and what it was made from. */
  record Entry(String fingerprint, GradeRow row) {}

  private final Head head;
  private final Map<String, Entry> entries;

  private Journal(Head head, Map<String, Entry> entries) {
    this.head = head;
    this.entries = entries;
  }

  static Path beside(Path sheet) {
    String name = String.valueOf(sheet.getFileName());
    int dot = name.lastIndexOf('.');
    return sheet.resolveSibling((dot > 0 ? name.substring(0, dot) : name) + ".journal.jsonl");
  }

  /** Where it is written while grading goes on; it takes its place when the sheet is there. */
  static Path unfinished(Path sheet) {
    Path whole = beside(sheet);
    return whole.resolveSibling(whole.getFileName() + ".part");
  }

  /** The sheet has been written: what was noted meanwhile is from now on what was graded. */
  static void commit(Path sheet) throws IOException {
    if (Files.exists(unfinished(sheet))) {
      Files.move(unfinished(sheet), beside(sheet), StandardCopyOption.REPLACE_EXISTING);
    }
  }

  Head head() {
    return head;
  }

  Map<String, Entry> entries() {
    return entries;
  }

  /**
   * Reads a journal. A last line that was cut off is left out.
   *
   * @return absent when there is none, or what is there is none
   */
  static Optional<Journal> read(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    Optional<Head> head = Optional.empty();
    Map<String, Entry> entries = new LinkedHashMap<>();
    for (String line : Files.readString(file).lines().toList()) {
      try {
        JsonObject o = JsonParser.parseString(line).getAsJsonObject();
        if (head.isEmpty()) {
          head = Optional.of(head(o));
        } else {
          GradeRow row = RowJson.read(o.getAsJsonObject("row"));
          entries.put(row.studentId(), new Entry(o.get("fingerprint").getAsString(), row));
        }
      } catch (JsonParseException
          | IllegalStateException
          | NullPointerException
          | ClassCastException
          | UnsupportedOperationException e) {
        if (head.isEmpty()) {
          return Optional.empty();
        }
      }
    }
    return head.map(h -> new Journal(h, entries));
  }

  private static Head head(JsonObject o) {
    return new Head(
        o.get("assignment").getAsString(),
        Shard.parse(o.get("shard").getAsString()),
        o.get("terms").getAsString(),
        Optional.ofNullable(o.get("due")).map(JsonElement::getAsString));
  }

  /** Writes a journal. */
  static final class Writer implements AutoCloseable {
    private final BufferedWriter out;

    /** Begins a new journal in place of an old one. */
    Writer(Path file, Head head) throws IOException {
      Path folder = file.toAbsolutePath().getParent();
      if (folder != null) {
        Files.createDirectories(folder);
      }
      out =
          Files.newBufferedWriter(
              file,
              StandardOpenOption.CREATE,
              StandardOpenOption.TRUNCATE_EXISTING,
              StandardOpenOption.WRITE);
      JsonObject o = new JsonObject();
      o.addProperty("assignment", head.assignment());
      o.addProperty("shard", head.shard().toString());
      o.addProperty("terms", head.terms());
      head.due().ifPresent(d -> o.addProperty("due", d));
      line(o);
    }

    synchronized void add(Entry entry) throws IOException {
      JsonObject o = new JsonObject();
      o.addProperty("fingerprint", entry.fingerprint());
      o.add("row", RowJson.write(entry.row()));
      line(o);
    }

    private void line(JsonObject o) throws IOException {
      out.write(o + "\n");
      out.flush();
    }

    @Override
    public synchronized void close() throws IOException {
      out.close();
    }
  }

  /** What a row depends on: names and bytes of the files, and what else was told. */
  static String fingerprint(Submission s) {
    MessageDigest digest = sha256();
    text(digest, s.student() + "\n" + s.timestamp() + "\n" + s.owner() + "\n" + s.notes());
    for (Path file : s.files()) {
      text(digest, "\n" + file.getFileName() + "\n");
      if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
        try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
          byte[] buffer = new byte[1 << 16];
          for (long n = in.read(buffer), all = n; n >= 0 && all <= NotebookReader.MAX_BYTES; ) {
            n = in.read(buffer);
            all += n;
          }
        } catch (IOException e) {
          text(digest, "unreadable");
        }
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  static String hash(String text) {
    MessageDigest digest = sha256();
    text(digest, text);
    return HexFormat.of().formatHex(digest.digest(), 0, 16);
  }

  private static void text(MessageDigest digest, String text) {
    digest.update(text.getBytes(StandardCharsets.UTF_8));
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
