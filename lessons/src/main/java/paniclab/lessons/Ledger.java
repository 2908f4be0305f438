package paniclab.lessons;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.MissingResourceException;
import java.util.Optional;
import java.util.TreeMap;

/** The claims of the article, and facts it lacks (C6), by id. */
public final class Ledger {
  /** The chapters that have a ledger, each in a file of its name. */
  private static final List<String> CHAPTERS = List.of("ch1", "ch2", "ch3", "ch4", "ch5");

  private final Map<String, Claim> claims;
  private final Map<String, List<Claim>> chapters;

  private Ledger(Map<String, Claim> claims, Map<String, List<Claim>> chapters) {
    this.claims = claims;
    this.chapters = chapters;
  }

  /** The ledger that came with the product. */
  public static Ledger builtIn() {
    return Holder.BUILT_IN;
  }

  private static final class Holder {
    static final Ledger BUILT_IN = load();
  }

  private static Ledger load() {
    Map<String, Claim> claims = new TreeMap<>();
    Map<String, List<Claim>> chapters = new TreeMap<>();
    for (String chapter : CHAPTERS) {
      String file = "ledger/" + chapter + ".json";
      List<Claim> own = new ArrayList<>();
      for (JsonElement e : JsonParser.parseString(read(file)).getAsJsonArray()) {
        Claim c = claim(e.getAsJsonObject());
        own.add(c);
        if (claims.put(c.id(), c) != null) {
          throw new IllegalStateException(file + ": " + c.id() + " is there twice; keep one");
        }
      }
      chapters.put(chapter, List.copyOf(own));
    }
    return new Ledger(Collections.unmodifiableMap(claims), chapters);
  }

  private static String read(String file) {
    try (InputStream in = Ledger.class.getResourceAsStream(file)) {
      if (in == null) {
        throw new MissingResourceException(file + " is not in the lessons module", file, "");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Claim claim(JsonObject o) {
    List<String> programs = new ArrayList<>();
    JsonArray evidence = o.getAsJsonArray("programs");
    evidence.forEach(p -> programs.add(p.getAsString()));
    Optional<Claim.Command> command = Optional.empty();
    if (o.has("command")) {
      JsonObject c = o.getAsJsonObject("command");
      command =
          Optional.of(
              new Claim.Command(
                  c.get("line").getAsString(),
                  c.get("exit").getAsInt(),
                  c.get("prints").getAsString()));
    }
    return new Claim(
        o.get("id").getAsString(),
        Claim.Verdict.valueOf(o.get("verdict").getAsString().toUpperCase(Locale.ROOT)),
        programs,
        command,
        text(o.getAsJsonObject("claim")),
        text(o.getAsJsonObject("correct")));
  }

  private static Claim.Text text(JsonObject o) {
    return new Claim.Text(o.get("en").getAsString(), o.get("zh-CN").getAsString());
  }

  /** All claims, ordered by id. */
  public List<Claim> all() {
    return List.copyOf(claims.values());
  }

  /** The claims that a chapter answers, in the order of its file; none if it has no ledger. */
  public List<Claim> chapter(String id) {
    return chapters.getOrDefault(id, List.of());
  }

  /** The claim of this id. */
  public Optional<Claim> find(String id) {
    return Optional.ofNullable(claims.get(id));
  }
}
