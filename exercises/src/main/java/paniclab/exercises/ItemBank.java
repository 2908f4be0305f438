package paniclab.exercises;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import paniclab.programs.Corpus;
import paniclab.programs.GoProgram;

/** The exercises, each with its program. */
public final class ItemBank {
  private static final String ITEMS = "items/";
  private static final String INDEX = ITEMS + "index.txt";
  private static final String MODELS = "misconceptions.toml";

  private final Map<String, Exercise> exercises = new LinkedHashMap<>();
  private final Map<String, PredictionItem> items = new LinkedHashMap<>();
  private final Map<String, Misconception> models;
  private final Corpus programs;

  /** Where ids such as {@code ch1-goexit~2} are looked up; absent if they are not known. */
  private Optional<Variants> variants = Optional.empty();

  private ItemBank(List<Exercise> all, Map<String, Misconception> models, Corpus programs) {
    this.models = models;
    this.programs = programs;
    for (Exercise e : all) {
      if (exercises.putIfAbsent(e.id(), e) != null) {
        throw new BadItemException(e.file(), 1, "another item has the id " + e.id());
      }
      if (programs.find(e.program()).isEmpty()) {
        throw new BadItemException(e.file(), 1, "no program has the id " + e.program());
      }
      if (e instanceof PredictionItem item) {
        items.put(item.id(), item);
      }
    }
  }

  /** The items that came with the product, in the order of their index. */
  public static ItemBank builtIn() {
    return Holder.BUILT_IN;
  }

  private static final class Holder {
    static final ItemBank BUILT_IN = load();

    private static ItemBank load() {
      Map<String, Misconception> models = ItemReader.misconceptions(MODELS, resource(MODELS));
      List<Exercise> items = new ArrayList<>();
      for (String name : resource(INDEX).lines().filter(l -> !l.isBlank()).toList()) {
        items.add(ItemReader.exercise(name, resource(ITEMS + name), models));
      }
      return new ItemBank(items, models, Corpus.builtIn());
    }
  }

  /**
   * A bank of the items in a text each, for tests and authors; the models are the built-in ones.
   */
  public static ItemBank of(Map<String, String> textByFile, Corpus programs) {
    Map<String, Misconception> models = ItemReader.misconceptions(MODELS, resource(MODELS));
    List<Exercise> items = new ArrayList<>();
    textByFile.forEach((file, text) -> items.add(ItemReader.exercise(file, text, models)));
    return new ItemBank(items, models, programs);
  }

  /**
   * An author's own items: each {@code *.toml} of a folder, about programs of the corpus or {@code
   * *.txtar} files beside them.
   *
   * @throws IOException when the folder cannot be read
   */
  public static ItemBank load(Path folder) throws IOException {
    Map<String, GoProgram> programs = new LinkedHashMap<>();
    Corpus.builtIn().all().forEach(p -> programs.put(p.id(), p));
    Map<String, String> items = new LinkedHashMap<>();
    List<Path> files;
    try (Stream<Path> list = Files.list(folder)) {
      files = list.sorted(Comparator.comparing(Path::toString)).toList();
    }
    for (Path file : files) {
      String name = String.valueOf(file.getFileName());
      if (name.endsWith(".toml")) {
        items.put(file.toString(), Files.readString(file));
      } else if (name.endsWith(".txtar")) {
        String id = name.substring(0, name.length() - ".txtar".length());
        programs.put(id, GoProgram.parse(id, Files.readString(file)));
      }
    }
    return of(items, Corpus.of(List.copyOf(programs.values())));
  }

  private static String resource(String path) {
    try (InputStream in = ItemBank.class.getResourceAsStream(path)) {
      if (in == null) {
        throw new BadItemException(path, 1, "is missing in the exercises module");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The same bank, which also knows each variant by its id, such as {@code ch1-goexit~2}, computed
   * when it is asked for. Its lists hold the items alone.
   */
  public ItemBank withVariants() {
    return withVariants(new Variants(this, ModelKeys.of(this)));
  }

  /** The same with these variants of its items. */
  ItemBank withVariants(Variants known) {
    ItemBank more = new ItemBank(exercises(), models, programs);
    more.variants = Optional.of(known);
    return more;
  }

  /**
   * The variants that it knows.
   *
   * @throws IllegalStateException when it knows none; see {@link #withVariants()}
   */
  public Variants variants() {
    return variants.orElseThrow(() -> new IllegalStateException("a bank without variants"));
  }

  private Optional<Posed> variant(String id) {
    return variants.flatMap(v -> v.find(id)).map(Variant::posed);
  }

  /** All exercises, predictions and others, in order. */
  public List<Exercise> exercises() {
    return List.copyOf(exercises.values());
  }

  /** The exercises of a chapter, predictions and others. */
  public List<Exercise> exercises(String chapter) {
    return exercises.values().stream().filter(i -> i.chapter().equals(chapter)).toList();
  }

  /** The exercise of this id. */
  public Optional<Exercise> exercise(String id) {
    return Optional.ofNullable(exercises.get(id)).or(() -> variant(id).map(Posed::item));
  }

  /** All prediction items, in order. */
  public List<PredictionItem> all() {
    return List.copyOf(items.values());
  }

  /** The prediction items of a chapter. */
  public List<PredictionItem> chapter(String chapter) {
    return items.values().stream().filter(i -> i.chapter().equals(chapter)).toList();
  }

  /** The prediction item of this id. */
  public Optional<PredictionItem> find(String id) {
    return Optional.ofNullable(items.get(id)).or(() -> variant(id).map(Posed::item));
  }

  /** The id that is nearest to one that does not exist. */
  public Optional<String> nearest(String id) {
    return Words.nearest(id, exercises.keySet());
  }

  /** The named wrong models. */
  public Map<String, Misconception> models() {
    return Collections.unmodifiableMap(models);
  }

  /** The program of an exercise. */
  public GoProgram program(Exercise exercise) {
    return variant(exercise.id())
        .map(Posed::program)
        .or(() -> programs.find(exercise.program()))
        .orElseThrow();
  }

  /** An item about its own program. */
  public Posed posed(PredictionItem item) {
    return new Posed(item, program(item));
  }

  /** The questions of an item, in its order. */
  public List<Question> questions(PredictionItem item) {
    return posed(item).questions();
  }

  /** The cell a learner fills in. */
  public String template(PredictionItem item) {
    return posed(item).template();
  }
}
