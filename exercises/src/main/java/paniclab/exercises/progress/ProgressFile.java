package paniclab.exercises.progress;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The attempts of a learner, one JSON object a line, in a file beside the notebooks. A line is
 * added in one write, so two notebooks may be open at a time; a line that cannot be read is passed
 * over and stays in the file.
 */
public final class ProgressFile {
  /** The name of the file in the notebook's folder. */
  public static final String NAME = "paniclab-progress.jsonl";

  /** A larger file, in bytes, is read from its end only. */
  public static final int MAX_BYTES = 4 << 20;

  private static final Gson GSON = new GsonBuilder().disableHtmlEscaping().create();

  private final Path file;

  /** The file in a folder; it need not be there yet. */
  public ProgressFile(Path folder) {
    file = folder.resolve(NAME);
  }

  /** Where it is. */
  public Path path() {
    return file;
  }

  /**
   * Adds an attempt.
   *
   * @throws IOException when the folder cannot be written to
   */
  public void add(Attempt a) throws IOException {
    JsonObject o = new JsonObject();
    o.addProperty("at", a.at().toString());
    o.addProperty("item", a.item());
    o.addProperty("score", a.score());
    o.addProperty("max", a.max());
    o.addProperty("model", a.model());
    Files.writeString(
        file, GSON.toJson(o) + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  /**
   * All attempts that can be read, the oldest first; none when there is no file.
   *
   * @throws IOException when it is there and cannot be read
   */
  public List<Attempt> read() throws IOException {
    if (!Files.exists(file)) {
      return List.of();
    }
    byte[] bytes = Files.readAllBytes(file);
    int from = Math.max(0, bytes.length - MAX_BYTES);
    List<Attempt> attempts = new ArrayList<>();
    new String(bytes, from, bytes.length - from, StandardCharsets.UTF_8)
        .lines()
        .forEach(line -> attempt(line).ifPresent(attempts::add));
    return attempts;
  }

  private static Optional<Attempt> attempt(String line) {
    try {
      JsonElement e = JsonParser.parseString(line);
      if (!e.isJsonObject()) {
        return Optional.empty();
      }
      JsonObject o = e.getAsJsonObject();
      double max = o.get("max").getAsDouble();
      return max > 0
          ? Optional.of(
              new Attempt(
                  Instant.parse(o.get("at").getAsString()),
                  o.get("item").getAsString(),
                  o.get("score").getAsDouble(),
                  max,
                  o.get("model").getAsString()))
          : Optional.empty();
    } catch (JsonParseException
        | DateTimeException
        | NullPointerException
        | UnsupportedOperationException
        | IllegalStateException
        | NumberFormatException e) {
      return Optional.empty();
    }
  }
}
