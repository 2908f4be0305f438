package paniclab.exercises.grading;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What was released: the instructor's file {@code paniclab/NAME.json} beside the notebooks. Grading
 * takes items and points from here, never from what is handed in. It holds no answer and no secret.
 *
 * @param name of the assignment, also of its notebook
 * @param course a word that goes into the seeds of variants, so that two courses differ
 * @param language tag of the notebook's language
 * @param due as it was given: an ISO date and time; absent for none
 * @param personal whether each student was asked about programs of their own
 */
public record Assignment(
    String name,
    String course,
    String language,
    Optional<String> due,
    boolean personal,
    List<Item> items) {
  /** The instructor's folder beside the notebooks. */
  static final String FOLDER = "paniclab";

  /** What names of assignments may be: they become names of folders, files and cells. */
  public static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]{0,63}");

  private static final Gson JSON =
      new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

  /**
   * An item with what it is worth.
   *
   * @param points a finite number from 0 on
   */
  public record Item(String id, double points) {}

  public Assignment {
    items = List.copyOf(items);
    if (!NAME.matcher(name).matches()) {
      throw new UsageException(
          "assignment \""
              + name
              + "\": a name is 1 to 64 letters, digits and _ . - and begins with a letter or digit");
    }
  }

  /**
   * The name that nbgrader and the notebook know an item by: letters, digits, dashes and
   * underscores, which the id of a variant is not made of.
   */
  public static String gradeId(String item) {
    return item.replace("~", "-v");
  }

  /** Where the file of an assignment lies. */
  public static Path file(Path folder, String name) {
    return folder.resolve(FOLDER).resolve(name + ".json");
  }

  /** The file's text. */
  public String toJson() {
    JsonObject o = new JsonObject();
    o.addProperty("assignment", name);
    o.addProperty("course", course);
    o.addProperty("language", language);
    due.ifPresent(d -> o.addProperty("due", d));
    o.addProperty("personal", personal);
    JsonArray all = new JsonArray();
    for (Item i : items) {
      JsonObject item = new JsonObject();
      item.addProperty("item", i.id());
      item.addProperty("points", i.points());
      all.add(item);
    }
    o.add("items", all);
    return JSON.toJson(o) + "\n";
  }

  /**
   * Reads the file of an assignment.
   *
   * @throws UsageException naming the file and what is wrong with it
   */
  public static Assignment read(Path file) {
    try {
      return parse(JsonParser.parseString(Files.readString(file)).getAsJsonObject());
    } catch (NoSuchFileException e) {
      throw new UsageException(file + ": there is no such file; paniclab release writes it");
    } catch (IOException e) {
      throw new UsageException(file + " cannot be read: " + e.getMessage());
    } catch (JsonParseException
        | IllegalStateException
        | UnsupportedOperationException
        | NumberFormatException e) {
      throw new UsageException(
          file + " is not what paniclab release writes (" + e.getMessage() + "); release again");
    }
  }

  private static Assignment parse(JsonObject o) {
    List<Item> items = new ArrayList<>();
    for (JsonElement e : array(o)) {
      JsonObject i = e.getAsJsonObject();
      double points = element(i, "points").getAsDouble();
      if (!(points >= 0 && points < 1e9)) {
        throw new JsonParseException("points " + points);
      }
      items.add(new Item(element(i, "item").getAsString(), points));
    }
    return new Assignment(
        element(o, "assignment").getAsString(),
        element(o, "course").getAsString(),
        element(o, "language").getAsString(),
        Optional.ofNullable(o.get("due")).map(JsonElement::getAsString),
        element(o, "personal").getAsBoolean(),
        items);
  }

  private static JsonArray array(JsonObject o) {
    return element(o, "items").getAsJsonArray();
  }

  private static JsonElement element(JsonObject o, String key) {
    JsonElement e = o.get(key);
    if (e == null) {
      throw new JsonParseException("\"" + key + "\" is missing");
    }
    return e;
  }

  /** The points of an item; absent for one that is not in the assignment. */
  public Optional<Double> points(String id) {
    return items.stream().filter(i -> i.id().equals(id)).map(Item::points).findFirst();
  }

  /** The points of all items. */
  public double max() {
    return items.stream().mapToDouble(Item::points).sum();
  }
}
