package paniclab.exercises.grading;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import paniclab.exercises.AnswerKey;
import paniclab.exercises.Grader;
import paniclab.exercises.ItemBank;
import paniclab.exercises.KeySource;
import paniclab.exercises.ModelKeys;
import paniclab.exercises.Prediction;
import paniclab.exercises.PredictionItem;

/**
 * A class of students who never were: each has a notebook with right, wrong and missing answers,
 * and twelve of them one that is broken. The same seed gives the same class.
 *
 * <p>As a program: {@code SyntheticClass FOLDER STUDENTS} writes {@code
 * FOLDER/submitted/sNNN/ch1/ch1.ipynb}, one of 20 broken.
 */
public final class SyntheticClass {
  /** A way to break a notebook, and what becomes of the student's row. */
  enum Fault {
    NONE(Status.OK, false),
    SYNTAX_ERROR(Status.PARTIAL, true),
    ENDLESS_LOOP(Status.OK, false),
    DELETED_CELL(Status.PARTIAL, true),
    CHANGED_POINTS(Status.TAMPERED, false),
    UNKNOWN_ID(Status.PARTIAL, true),
    SCHEMA_99(Status.TAMPERED, false),
    RENAMED(Status.OK, false),
    KILLS_KERNEL(Status.OK, false),
    HUGE_OUTPUT(Status.OK, false),
    INVALID_JSON(Status.PARTIAL, true),
    DUPLICATED_CELL(Status.PARTIAL, false),
    WRITES_GRADEBOOK(Status.OK, false);

    final Status status;

    /** Whether the broken cell's points are gone. */
    final boolean losesCell;

    Fault(Status status, boolean losesCell) {
      this.status = status;
      this.losesCell = losesCell;
    }
  }

  /** A student with the score that an unbroken reading would give, item by item. */
  record Expected(String id, Fault fault, String brokenItem, Map<String, Double> scores) {
    double score() {
      return scores.entrySet().stream()
          .filter(e -> !fault.losesCell || !e.getKey().equals(brokenItem))
          .mapToDouble(Map.Entry::getValue)
          .sum();
    }
  }

  private static final Gson JSON =
      new GsonBuilder().disableHtmlEscaping().setPrettyPrinting().create();
  private static final int HUGE = 50 << 20;

  private final ItemBank bank;
  private final Map<PredictionItem, AnswerKey> keys = new java.util.LinkedHashMap<>();
  private final Random random = new Random(20261123);

  SyntheticClass(ItemBank bank, KeySource source) {
    this.bank = bank;
    for (PredictionItem item : bank.chapter("ch1")) {
      if (source.key(item) instanceof KeySource.Lookup.Found(AnswerKey key)) {
        keys.put(item, key);
      }
    }
  }

  /**
   * Writes {@code students} notebooks, each a file of its own in its folder under {@code folder}.
   */
  List<Expected> write(Path folder, int students) throws IOException {
    List<Expected> all = new ArrayList<>();
    Fault[] faults = Fault.values();
    int every = students / faults.length;
    for (int n = 0; n < students; n++) {
      boolean broken = n % every == every - 1 && n / every + 1 < faults.length;
      all.add(student(folder, "s%04d".formatted(n), broken ? faults[n / every + 1] : Fault.NONE));
    }
    return all;
  }

  /** The same with one notebook of so many broken, in all ways by turns. */
  List<Expected> write(Path folder, int students, int every) throws IOException {
    List<Expected> all = new ArrayList<>();
    Fault[] faults = Fault.values();
    for (int n = 0; n < students; n++) {
      boolean broken = n % every == every - 1;
      Fault fault = broken ? faults[1 + n / every % (faults.length - 1)] : Fault.NONE;
      all.add(student(folder, "s%04d".formatted(n), fault));
    }
    return all;
  }

  private Expected student(Path folder, String id, Fault fault) throws IOException {
    Map<String, Double> scores = new TreeMap<>();
    JsonArray cells = new JsonArray();
    cells.add(cell("markdown", "intro", "# Chapter 1"));
    List<PredictionItem> items = List.copyOf(keys.keySet());
    String broken = items.get(random.nextInt(items.size())).id();
    for (PredictionItem item : items) {
      String text = answer(item);
      scores.put(
          item.id(),
          new Grader(key(item), bank.program(item).files())
              .grade(Prediction.parse(text, bank.questions(item)))
              .score());
      JsonObject cell = cell("code", item.id(), text);
      cells.add(cell);
      if (item.id().equals(broken)) {
        breakCell(cells, cell, fault);
      }
    }
    Path file =
        folder
            .resolve(id)
            .resolve("ch1")
            .resolve(fault == Fault.RENAMED ? "ch1 (1).ipynb" : "ch1.ipynb");
    Files.createDirectories(file.getParent());
    String json = JSON.toJson(notebook(cells));
    if (fault == Fault.INVALID_JSON) {
      json = json.replace("%%predict " + broken + "\\n", "%%predict " + broken + "\"\\n");
    }
    try (BufferedWriter w = Files.newBufferedWriter(file)) {
      int huge = json.indexOf("@HUGE@");
      w.write(json, 0, huge < 0 ? json.length() : huge);
      if (huge >= 0) {
        String line = "x".repeat(1023) + "\\n";
        for (int n = 0; n < HUGE; n += 1024) {
          w.write(line);
        }
        w.write(json.substring(huge + "@HUGE@".length()));
      }
    }
    return new Expected(id, fault, broken, scores);
  }

  private AnswerKey key(PredictionItem item) {
    return java.util.Objects.requireNonNull(keys.get(item));
  }

  /** Mostly right, sometimes what a wrong model predicts, sometimes nothing. */
  private String answer(PredictionItem item) {
    int dice = random.nextInt(10);
    if (dice < 6) {
      return paniclab.exercises.TestKeys.rightCell(key(item));
    }
    PredictionItem.WrongModel w = item.wrong().get(random.nextInt(item.wrong().size()));
    return dice < 9
        ? Prediction.MAGIC + " " + item.id() + "\n" + w.predicts() + "why: " + w.model().id() + "\n"
        : bank.template(item);
  }

  private void breakCell(JsonArray cells, JsonObject cell, Fault fault) {
    switch (fault) {
      case NONE, RENAMED, INVALID_JSON -> {}
      case SYNTAX_ERROR -> {
        String magic = cell.get("source").getAsString().lines().findFirst().orElse("");
        cell.addProperty("source", magic + "\nfor {{{ what is this\n)]}\n");
      }
      case ENDLESS_LOOP -> cells.add(cell("code", "loop", "while (true) {}"));
      case DELETED_CELL -> cells.remove(cell);
      case CHANGED_POINTS -> nbgrader(cell, 3, 100);
      case UNKNOWN_ID ->
          cell.addProperty(
              "source", cell.get("source").getAsString().replaceFirst("ch1-\\S+", "ch9-nothing"));
      case SCHEMA_99 -> nbgrader(cell, 99, 0);
      case KILLS_KERNEL -> cells.add(cell("code", "kill", "System.exit(0)"));
      case HUGE_OUTPUT -> {
        JsonObject output = new JsonObject();
        output.addProperty("name", "stdout");
        output.addProperty("output_type", "stream");
        output.addProperty("text", "@HUGE@");
        cell.getAsJsonArray("outputs").add(output);
      }
      case DUPLICATED_CELL -> {
        JsonObject copy = cell.deepCopy();
        copy.addProperty("id", "copy");
        cell.addProperty(
            "source",
            Prediction.MAGIC + " " + cell.get("id").getAsString() + "\noutcome: signalled\n");
        if (copy.get("source").getAsString().endsWith("why:\n")) {
          // An untouched copy would not count; the one that says something does.
          copy.addProperty(
              "source",
              Prediction.MAGIC + " " + cell.get("id").getAsString() + "\noutcome: thrown\n");
        }
        cells.add(copy);
      }
      case WRITES_GRADEBOOK ->
          cells.add(
              cell(
                  "code",
                  "db",
                  "new ProcessBuilder(\"sqlite3\", \"gradebook.db\", \"update grade\")"));
    }
  }

  private static void nbgrader(JsonObject cell, int version, int points) {
    JsonObject n = new JsonObject();
    n.addProperty("schema_version", version);
    n.addProperty("points", points);
    n.addProperty("grade_id", cell.get("id").getAsString());
    n.addProperty("grade", true);
    n.addProperty("locked", false);
    n.addProperty("solution", true);
    cell.getAsJsonObject("metadata").add("nbgrader", n);
  }

  static JsonObject cell(String type, String id, String source) {
    JsonObject cell = new JsonObject();
    cell.addProperty("cell_type", type);
    if (type.equals("code")) {
      cell.add("execution_count", com.google.gson.JsonNull.INSTANCE);
    }
    cell.addProperty("id", id);
    cell.add("metadata", new JsonObject());
    if (type.equals("code")) {
      cell.add("outputs", new JsonArray());
    }
    cell.addProperty("source", source);
    return cell;
  }

  static JsonObject notebook(JsonArray cells) {
    JsonObject kernel = new JsonObject();
    kernel.addProperty("display_name", "PanicLab");
    kernel.addProperty("language", "java");
    kernel.addProperty("name", "paniclab");
    JsonObject metadata = new JsonObject();
    metadata.add("kernelspec", kernel);
    JsonObject notebook = new JsonObject();
    notebook.add("cells", cells);
    notebook.add("metadata", metadata);
    notebook.addProperty("nbformat", 4);
    notebook.addProperty("nbformat_minor", 5);
    return notebook;
  }

  /** Writes a class for measurements. */
  public static void main(String[] args) throws IOException {
    ItemBank bank = ItemBank.builtIn();
    SyntheticClass c = new SyntheticClass(bank, ModelKeys.of(bank));
    c.write(Path.of(args[0]).resolve("submitted"), Integer.parseInt(args[1]), 20);
  }
}
