package paniclab.exercises;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.tomlj.Toml;
import org.tomlj.TomlArray;
import org.tomlj.TomlParseError;
import org.tomlj.TomlParseResult;
import org.tomlj.TomlPosition;
import org.tomlj.TomlTable;

/**
 * Reads item files: TOML, near the Tracing questions of mdbook-quiz but without an answer.
 *
 * <pre>
 * id = "ch1-recover-in-main"
 * chapter = "ch1"
 * program = "PC1-06"
 * contrast = "PC1-08"              # optional
 * ask = ["outcome", "defers", "why"]
 * rules = ["own-goroutine"]        # true reasons on offer
 * claims = ["C1-06"]               # optional
 * prompt.en = "..."
 * prompt.zh = "..."
 * context.en = "..."
 * context.zh = "..."
 * points.why = 3                   # optional
 * variants = false                 # where no edit of the program makes another exercise
 *
 * [wrong.recover-any-goroutine]    # a model of misconceptions.toml
 * predicts = """
 * outcome: exited
 * """
 * </pre>
 *
 * An item whose program is to be mended:
 *
 * <pre>
 * id = "ch1-fix-leak"
 * kind = "fix"
 * chapter = "ch1"
 * program = "leak-and-return"
 * must = ["no-leak", "no-crash", "prints: main returns", "goroutines: 1"]
 * keep = ["ch &lt;- 42"]              # optional: source that must stay
 * ban = ["os.Exit"]                # optional: source that must not come in
 * rule = "leak-ends"
 * points = 5                       # optional
 * prompt.en = "..."                # and prompt.zh, context.en, context.zh
 * </pre>
 */
final class ItemReader {
  private static final List<String> KEYS =
      List.of(
          "ask",
          "chapter",
          "claims",
          "context",
          "contrast",
          "id",
          "points",
          "program",
          "prompt",
          "rules",
          "variants",
          "wrong");
  private static final List<String> FIX_KEYS =
      List.of(
          "ban", "chapter", "claims", "context", "id", "keep", "kind", "must", "points", "program",
          "prompt", "rule");

  /** Points of an exercise in mending, where the file gives none. */
  private static final double FIX_POINTS = 5;

  private final String file;
  private final TomlTable toml;

  private ItemReader(String file, TomlTable toml) {
    this.file = file;
    this.toml = toml;
  }

  /**
   * Reads an item.
   *
   * @throws BadItemException naming the file and line of what is wrong
   */
  static Exercise exercise(String file, String text, Map<String, Misconception> models) {
    ItemReader reader = new ItemReader(file, parse(file, text));
    return reader.isFix() ? reader.fix() : reader.item(models);
  }

  /** Reads the named wrong models, in the order of the file. */
  static Map<String, Misconception> misconceptions(String file, String text) {
    TomlTable all = parse(file, text);
    Map<String, Misconception> models = new LinkedHashMap<>();
    for (String id : new TreeSet<>(all.keySet())) {
      TomlTable table = all.getTable(List.of(id));
      if (table == null) {
        throw new BadItemException(file, 1, id + " must be a table: [" + id + "]");
      }
      ItemReader r = new ItemReader(file, table);
      models.put(id, new Misconception(id, r.text("statement"), r.text("feedback")));
    }
    return models;
  }

  private static TomlTable parse(String file, String text) {
    TomlParseResult result = Toml.parse(text);
    if (result.hasErrors()) {
      TomlParseError e = result.errors().getFirst();
      throw new BadItemException(file, e.position().line(), String.valueOf(e.getMessage()));
    }
    return result;
  }

  private boolean isFix() {
    if (toml.contains("kind") && !"fix".equals(toml.get("kind"))) {
      throw bad("kind", "kind = \"fix\" is the only one; leave it away for a prediction");
    }
    return toml.contains("kind");
  }

  private void knows(List<String> keys) {
    for (String key : new TreeSet<>(toml.keySet())) {
      if (!keys.contains(key)) {
        throw bad(key, "unknown key \"" + key + "\"; known are " + String.join(", ", keys));
      }
    }
  }

  private FixItem fix() {
    knows(FIX_KEYS);
    List<Requirement> must = new ArrayList<>();
    for (String m : strings("must")) {
      must.add(
          Requirement.parse(m)
              .orElseThrow(() ->
                  bad(
                      "must",
                      "\""
                          + m
                          + "\" is none of no-crash, no-leak, recovers, prints: LINE,"
                          + " panics: TEXT, goroutines: N")));
    }
    if (must.isEmpty()) {
      throw bad("must", "must = [\"no-crash\", …] names what the mended program must do");
    }
    return new FixItem(
        string("id"),
        file,
        string("chapter"),
        string("program"),
        must,
        toml.contains("keep") ? strings("keep") : List.of(),
        toml.contains("ban") ? strings("ban") : List.of(),
        fixPoints(),
        rule(string("rule"), "rule"),
        toml.contains("claims") ? strings("claims") : List.of(),
        text("prompt"),
        text("context"));
  }

  private double fixPoints() {
    Object points = toml.contains("points") ? toml.get("points") : Double.valueOf(FIX_POINTS);
    if (points instanceof Number n && n.doubleValue() > 0 && n.doubleValue() < 1e6) {
      return n.doubleValue();
    }
    throw bad("points", "points must be a number above 0");
  }

  private PredictionItem item(Map<String, Misconception> models) {
    knows(KEYS);
    return new PredictionItem(
        string("id"),
        file,
        string("chapter"),
        string("program"),
        Optional.ofNullable(toml.getString("contrast")),
        asked(),
        points(),
        rules(),
        wrong(models),
        toml.contains("claims") ? strings("claims") : List.of(),
        text("prompt"),
        text("context"),
        variants());
  }

  private boolean variants() {
    if (toml.contains("variants") && !Boolean.FALSE.equals(toml.get("variants"))) {
      throw bad("variants", "variants = false is the only one; leave it away where there are some");
    }
    return !toml.contains("variants");
  }

  private List<String> asked() {
    List<String> ask = strings("ask");
    for (String key : ask) {
      if (!Words.canonical(Words.KEYS).contains(key)) {
        throw bad(
            "ask", "\"" + key + "\" is no question; known are " + Words.canonical(Words.KEYS));
      }
    }
    if (ask.isEmpty() || new TreeSet<>(ask).size() < ask.size()) {
      throw bad("ask", "ask at least one question, each once");
    }
    return ask;
  }

  private Map<String, Double> points() {
    Map<String, Double> points = new TreeMap<>();
    TomlTable table = toml.getTable("points");
    if (table != null) {
      for (String key : table.keySet()) {
        Object value = table.get(List.of(key));
        if (!asked().contains(key) || !(value instanceof Number n) || n.doubleValue() < 0) {
          throw bad("points", "points." + key + " must be a number from 0 on, for a key in ask");
        }
        points.put(key, n.doubleValue());
      }
    }
    return points;
  }

  private List<Rule> rules() {
    return strings("rules").stream().map(id -> rule(id, "rules")).toList();
  }

  private Rule rule(String id, String key) {
    return Rule.find(id)
        .orElseThrow(() ->
            bad(
                key,
                "\""
                    + id
                    + "\" is no rule; known are "
                    + List.of(Rule.values()).stream().map(Rule::id).toList()));
  }

  private List<PredictionItem.WrongModel> wrong(Map<String, Misconception> models) {
    List<PredictionItem.WrongModel> wrong = new ArrayList<>();
    TomlTable table = toml.getTable("wrong");
    if (table == null) {
      return wrong;
    }
    for (String id : new TreeSet<>(table.keySet())) {
      Misconception model = models.get(id);
      String predicts = table.getString(List.of(id, "predicts"));
      if (model == null) {
        throw bad("wrong", "no wrong model is called \"" + id + "\"; known are " + models.keySet());
      }
      if (predicts == null) {
        throw bad("wrong", "[wrong." + id + "] needs predicts = \"\"\"…\"\"\"");
      }
      wrong.add(new PredictionItem.WrongModel(model, predicts));
    }
    return wrong;
  }

  private Text text(String key) {
    String en = toml.getString(List.of(key, "en"));
    String zh = toml.getString(List.of(key, "zh"));
    if (en == null || zh == null || en.isBlank() || zh.isBlank()) {
      throw bad(key, key + " is needed in both languages: " + key + ".en and " + key + ".zh");
    }
    return new Text(en.strip(), zh.strip());
  }

  private String string(String key) {
    String value = toml.isString(key) ? toml.getString(key) : null;
    if (value == null || value.isBlank()) {
      throw bad(key, key + " = \"…\" is missing");
    }
    return value;
  }

  private List<String> strings(String key) {
    TomlArray array = toml.isArray(key) ? toml.getArray(key) : null;
    if (array == null || !array.toList().stream().allMatch(o -> o instanceof String)) {
      throw bad(key, key + " = [\"…\"] is missing or not a list of strings");
    }
    return array.toList().stream().map(String::valueOf).toList();
  }

  private BadItemException bad(String key, String message) {
    TomlPosition position = toml.inputPositionOf(List.of(key));
    return new BadItemException(file, position == null ? 1 : position.line(), message);
  }
}
