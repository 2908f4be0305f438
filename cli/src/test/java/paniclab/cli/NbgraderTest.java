package paniclab.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.abort;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import paniclab.kernel.install.KernelInstaller;

/**
 * The real nbgrader releases, autogrades and exports what {@code paniclab release} makes; its check
 * cells ask our kernel. {@code paniclab grade} gives the same scores for the same notebooks. It
 * needs python3 with venv and, the first time, a package index.
 */
class NbgraderTest {
  private static final Path TARGET = Path.of("target").toAbsolutePath();
  private static final Path VENV = TARGET.resolve("nbgrader");
  private static final Path REQUIREMENTS =
      Path.of("src", "test", "nbgrader", "requirements.txt").toAbsolutePath();
  private static final long MINUTES = 5;
  private static final List<String> ITEMS =
      List.of("ch1-exit-race", "ch1-recover-in-main", "ch1-os-exit", "ch1-goexit~1");

  /** What each student answers, item by item. */
  private static final Map<String, Map<String, String>> CLASS = students();

  @TempDir Path course = Path.of("");

  private static Map<String, Map<String, String>> students() {
    String race = "outcome: exited, panicked\nexit: 0, 2\nschedules: some\nwhy: exit-race\n";
    Map<String, Map<String, String>> all = new LinkedHashMap<>();
    // All right for one item, a wrong model for another, a line that cannot be read for the third.
    all.put(
        "ann",
        Map.of(
            "ch1-exit-race",
            race,
            "ch1-recover-in-main",
            "outcome: exited\nrecovered: yes\ndefers: d3, d2, d1\nexit: 0\nwhy: recover-any-goroutine\n",
            "ch1-os-exit",
            "outcome: exited\nexit: three\ndefers: none\n",
            "ch1-goexit~1",
            "outcome: exited\nrecovered: no\nexit: 0\n"));
    // In Chinese, the stub still there, and one item left alone.
    all.put(
        "bo",
        Map.of(
            "ch1-exit-race",
            "结局：正常退出，panic\n退出状态：0、2\n调度：有时\n// Your answer goes above this line.\n",
            "ch1-recover-in-main",
            "prints: defer of the panicking goroutine ran\nexit: 2\nstderr: panic: boom in child\n",
            "ch1-goexit~1",
            "outcome: fatal error\nexit: 2\n"));
    return all;
  }

  @Test
  void bothWaysGiveTheSameScores() throws Exception {
    environment();
    assertEquals(0, paniclab(release()).status());
    nbgrader("generate_assignment", "ps1", "--create");
    Path released = course.resolve("release/ps1/ps1.ipynb");
    for (Map.Entry<String, Map<String, String>> student : CLASS.entrySet()) {
      Path home = course.resolve("submitted").resolve(student.getKey()).resolve("ps1");
      Files.createDirectories(home);
      Files.writeString(
          home.resolve("ps1.ipynb"), filled(Files.readString(released), student.getValue()));
    }
    nbgrader("autograde", "ps1", "--create");
    nbgrader("export");
    List<List<String>> theirs = rows(Files.readString(course.resolve("grades.csv")));
    List<List<String>> ours = rows(paniclab("grade", course.toString()).out());
    assertEquals(theirs.getFirst(), ours.getFirst(), "the columns");
    assertEquals(CLASS.size() + 1, theirs.size());
    assertEquals(theirs.size(), ours.size());
    for (int row = 1; row < ours.size(); row++) {
      for (String column : List.of("assignment", "student_id")) {
        int i = ours.getFirst().indexOf(column);
        assertEquals(theirs.get(row).get(i), ours.get(row).get(i), column);
      }
      for (String column : List.of("raw_score", "late_submission_penalty", "score", "max_score")) {
        int i = ours.getFirst().indexOf(column);
        double they = Double.parseDouble(theirs.get(row).get(i));
        // Our sheet has two places.
        assertEquals(they, Double.parseDouble(ours.get(row).get(i)), 0.005, column + " " + theirs);
        assertTrue(they > 0 || column.startsWith("late"), "a score that says nothing: " + theirs);
      }
    }
    ourScoresInTheirGradeBook(theirs);
  }

  /** Scores that differ from theirs, so that what is exported can only be ours. */
  private void ourScoresInTheirGradeBook(List<List<String>> before) throws Exception {
    Path sheet = course.resolve("ours.csv");
    // One line of ann's cannot be read, so her row needs a person.
    assertEquals(1, paniclab("grade", course.toString(), "--out", sheet.toString()).status());
    Path items = course.resolve("ours.items.csv");
    String all = Files.readString(items).replaceAll("(?m)^(ann,ch1-os-exit),[0-9.]+,", "$1,2.5,");
    Files.writeString(items, all + "cy,ch1-os-exit,1,9,,\n");
    Path script = Path.of("..", "docs", "gradebook.py").toAbsolutePath();
    Path book = course.resolve("gradebook.db");
    assertEquals(
        1,
        run(
            course,
            python(),
            script.toString(),
            items.toString(),
            book.toString(),
            "--assignment",
            "ps1"),
        "nobody called cy has handed in");
    try (java.util.stream.Stream<Path> files = Files.list(course)) {
      assertEquals(1, files.filter(f -> f.toString().endsWith(".bak")).count());
    }
    nbgrader("export");
    List<List<String>> after = rows(Files.readString(course.resolve("grades.csv")));
    List<String> lines = all.lines().filter(l -> l.startsWith("ann,")).toList();
    double sum = lines.stream().mapToDouble(l -> Double.parseDouble(l.split(",", -1)[2])).sum();
    int score = after.getFirst().indexOf("score");
    assertEquals(sum, Double.parseDouble(after.get(1).get(score)), 0.005, after.toString());
    assertTrue(!after.get(1).get(score).equals(before.get(1).get(score)), "nothing was changed");
  }

  private String[] release() {
    return new String[] {
      "release",
      course.toString(),
      "--assignment",
      "ps1",
      "--item",
      String.join(",", ITEMS),
      "--points",
      "ch1-exit-race=3"
    };
  }

  /** The notebook with these answers written into its cells. */
  private static String filled(String notebook, Map<String, String> answers) {
    JsonObject json = JsonParser.parseString(notebook).getAsJsonObject();
    int found = 0;
    for (JsonElement e : json.getAsJsonArray("cells")) {
      JsonObject cell = e.getAsJsonObject();
      StringBuilder source = new StringBuilder();
      JsonElement text = cell.get("source");
      if (text instanceof JsonArray lines) {
        lines.forEach(l -> source.append(l.getAsString()));
      } else {
        source.append(text.getAsString());
      }
      String magic = source.toString().lines().findFirst().orElse("");
      if (magic.startsWith("%%predict ")) {
        assertTrue(source.toString().contains("// Your answer goes"), "nbgrader wrote the stub");
        assertTrue(source.toString().contains("outcome:"), "and left the questions: " + source);
        found++;
        String answer = answers.get(magic.substring("%%predict ".length()));
        if (answer != null) {
          cell.addProperty("source", magic + "\n" + answer);
        }
      }
    }
    assertEquals(ITEMS.size(), found);
    return json.toString();
  }

  private static List<List<String>> rows(String csv) {
    return csv.lines().map(l -> List.of(l.split(",", -1))).toList();
  }

  private record Result(int status, String out) {}

  private static Result paniclab(String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int status =
        Main.commandLine(
                new Io(
                    InputStream.nullInputStream(),
                    new PrintStream(out, true, StandardCharsets.UTF_8),
                    System.err))
            .execute(arguments);
    return new Result(status, out.toString(StandardCharsets.UTF_8));
  }

  private void nbgrader(String... arguments) throws IOException, InterruptedException {
    List<String> line = new ArrayList<>(List.of(python(), "-m", "nbgrader"));
    line.addAll(List.of(arguments));
    assertEquals(0, run(course, line.toArray(String[]::new)), String.join(" ", line));
  }

  private static String python() {
    return VENV.resolve("bin").resolve("python").toString();
  }

  private static void environment() throws Exception {
    Path stamp = VENV.resolve("requirements.txt");
    String wanted = Files.readString(REQUIREMENTS);
    if (!Files.exists(stamp) || !Files.readString(stamp).equals(wanted)) {
      require(run(TARGET, "python3", "-m", "venv", VENV.toString()), "python3 -m venv failed");
      require(
          run(
              TARGET,
              python(),
              "-m",
              "pip",
              "install",
              "-q",
              "--disable-pip-version-check",
              "-r",
              REQUIREMENTS.toString()),
          "pip could not install nbgrader (no package index?)");
      Files.writeString(stamp, wanted);
    }
    new KernelInstaller(l -> System.out.println("kernel: " + l))
        .install(
            new KernelInstaller.Target.Prefix(VENV),
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            false);
  }

  private static void require(int status, String why) {
    if (status != 0) {
      System.out.println("SKIPPED NbgraderTest: " + why);
      abort(why);
    }
  }

  private static int run(Path folder, String... line) throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(line).redirectErrorStream(true);
    builder.directory(folder.toFile());
    Map<String, String> environment = builder.environment();
    // nbgrader starts alembic by its name.
    environment.merge(
        "PATH", VENV.resolve("bin").toString(), (old, bin) -> bin + File.pathSeparator + old);
    environment.put("JUPYTER_CONFIG_DIR", TARGET.resolve("nbgrader-config").toString());
    environment.put("PANICLAB_HISTORY", TARGET.resolve("history.jsonl").toString());
    environment.put("PANICLAB_LANG", "en");
    Path log = TARGET.resolve("nbgrader.log");
    builder.redirectOutput(log.toFile());
    Process process;
    try {
      process = builder.start();
    } catch (IOException e) {
      System.out.println(e.getMessage());
      return -1;
    }
    boolean ended = process.waitFor(MINUTES, TimeUnit.MINUTES);
    process.destroyForcibly();
    int status = ended ? process.exitValue() : -1;
    if (status != 0) {
      System.out.print(Files.readString(log));
    }
    return status;
  }
}
