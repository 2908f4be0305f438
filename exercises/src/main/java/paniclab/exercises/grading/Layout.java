package paniclab.exercises.grading;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Finds out whose notebooks are where. */
final class Layout {
  private static final Pattern NOTEBOOK =
      Pattern.compile("(.+)\\.ipynb(\\.txt|\\.json)?", Pattern.CASE_INSENSITIVE);
  private static final Pattern COPY =
      Pattern.compile(
          "(?i)( ?\\(\\d+\\)| - copy( \\(\\d+\\))?|[-_ ]copy\\d*|( -)? ?副本( ?\\(?\\d+\\)?)?)$");
  private static final Pattern CHAPTER =
      Pattern.compile("(?i)[_\\-. ]+ch(apter)?[-_]?\\d+([_\\-. ].*)?$");
  private static final Pattern CHAPTER_FIRST =
      Pattern.compile("(?i)^ch(apter)?[-_]?\\d+[_\\- ]+(?!en\\b|zh\\b)");

  /** Folders in a folder of notebooks that are looked into, and no deeper. */
  private static final int DEPTH = 6;

  private final Path root;
  private final Optional<String> wanted;
  private final List<String> known;

  /**
   * @param wanted the assignment, if one was named
   * @param known ids of the roster; may be empty
   */
  Layout(Path root, Optional<String> wanted, List<String> known) {
    this.root = root;
    this.wanted = wanted;
    this.known = known;
  }

  /** The submissions of a class, and the name of the assignment. */
  record Found(List<Submission> submissions, Optional<String> assignment) {}

  /** Looks. */
  Found find() throws IOException {
    if (Files.isRegularFile(root)) {
      return new Found(List.of(flat(List.of(root)).firstEntry().getValue()), wanted);
    }
    if (!Files.isDirectory(root)) {
      throw new UsageException(root + ": there is no such folder");
    }
    Path submitted = root.resolve("submitted");
    if (Files.isDirectory(submitted)) {
      return nbgrader(submitted);
    }
    if (wanted.isPresent() && hasAssignmentFolders(wanted.get())) {
      return nbgrader(root);
    }
    SortedMap<String, Submission> all = flat(children(root).stream().filter(this::isFlat).toList());
    for (Path folder : children(root)) {
      if (Files.isDirectory(folder) && !isFlat(folder)) {
        String student = student(String.valueOf(folder.getFileName()));
        all.merge(student, submission(student, folder), Layout::together);
      }
    }
    return new Found(List.copyOf(all.values()), wanted);
  }

  private boolean hasAssignmentFolders(String assignment) throws IOException {
    for (Path child : children(root)) {
      if (Files.isDirectory(child.resolve(assignment))) {
        return true;
      }
    }
    return false;
  }

  private Found nbgrader(Path submitted) throws IOException {
    List<Path> students = children(submitted).stream().filter(Files::isDirectory).toList();
    SortedSet<String> assignments = new TreeSet<>();
    for (Path s : students) {
      children(s).stream()
          .filter(Files::isDirectory)
          .forEach(a -> assignments.add(String.valueOf(a.getFileName())));
    }
    if (wanted.isEmpty() && assignments.size() > 1) {
      throw new UsageException(
          submitted + " holds several assignments; choose one with --assignment: " + assignments);
    }
    Optional<String> assignment =
        wanted.or(
            () -> assignments.isEmpty() ? Optional.empty() : Optional.of(assignments.first()));
    List<Submission> all = new ArrayList<>();
    for (Path s : students) {
      all.add(submission(String.valueOf(s.getFileName()), s.resolve(assignment.orElse("."))));
    }
    return new Found(all, assignment);
  }

  private static Submission submission(String student, Path folder) throws IOException {
    List<Path> files = new ArrayList<>();
    String timestamp = "";
    if (Files.isDirectory(folder)) {
      try (Stream<Path> walk = Files.walk(folder, DEPTH)) {
        walk.filter(p -> isNotebook(p) && !p.equals(folder) && !hidden(folder.relativize(p)))
            .forEach(files::add);
      }
      Path stamp = folder.resolve("timestamp.txt");
      if (Files.isRegularFile(stamp) && Files.size(stamp) < 200) {
        timestamp = TextFile.of(stamp, () -> false).readAll().strip();
      }
    }
    files.sort(Comparator.comparing((Path p) -> copyNumber(p)).thenComparing(Path::toString));
    return new Submission(student, files, folder, timestamp);
  }

  /** Files in the folder itself, one or more a student. */
  private SortedMap<String, Submission> flat(List<Path> files) throws IOException {
    SortedMap<String, Submission> all = new TreeMap<>();
    for (Path file : files) {
      String student = student(stem(file));
      List<Path> notebooks =
          Files.isDirectory(file) ? submission(student, file).files() : List.of();
      Submission s =
          new Submission(student, notebooks.isEmpty() ? List.of(file) : notebooks, file, "");
      all.merge(student, s, Layout::together);
    }
    return all;
  }

  private static Submission together(Submission a, Submission b) {
    List<Path> files = new ArrayList<>(a.files());
    files.addAll(b.files());
    files.sort(Comparator.comparing((Path p) -> copyNumber(p)).thenComparing(Path::toString));
    return new Submission(a.student(), files, a.folder(), a.timestamp() + b.timestamp());
  }

  /** Later copies come later, so that their cells are the last ones. */
  private static int copyNumber(Path file) {
    Matcher m = Pattern.compile("\\((\\d{1,6})\\)$").matcher(stem(file));
    return m.find() ? Integer.parseInt(m.group(1)) : 0;
  }

  private boolean isFlat(Path p) {
    return isNotebook(p);
  }

  private static boolean isNotebook(Path p) {
    return NOTEBOOK.matcher(String.valueOf(p.getFileName())).matches();
  }

  private static boolean hidden(Path relative) {
    for (Path part : relative) {
      if (part.toString().startsWith(".")) {
        return true;
      }
    }
    return false;
  }

  private static List<Path> children(Path folder) throws IOException {
    try (Stream<Path> list = Files.list(folder)) {
      return list.filter(p -> !hidden(p.getFileName()))
          .sorted(Comparator.comparing(Path::toString))
          .toList();
    }
  }

  private static String stem(Path file) {
    Matcher m = NOTEBOOK.matcher(String.valueOf(file.getFileName()));
    return m.matches() ? m.group(1) : String.valueOf(file.getFileName());
  }

  /** The student a name stands for: one of the roster, or what is left without chapter and copy. */
  private String student(String name) {
    return inRoster(name).orElseGet(() -> bare(name));
  }

  private Optional<String> inRoster(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return known.stream()
        .filter(id -> isPart(lower, id.toLowerCase(Locale.ROOT)))
        .max(Comparator.comparingInt(String::length).thenComparing(Comparator.reverseOrder()));
  }

  /** Whether an id stands in a name by itself, with no letter or digit next to it. */
  private static boolean isPart(String name, String id) {
    for (int i = name.indexOf(id); i >= 0; i = name.indexOf(id, i + 1)) {
      int end = i + id.length();
      if ((i == 0 || !Character.isLetterOrDigit(name.charAt(i - 1)))
          && (end == name.length() || !Character.isLetterOrDigit(name.charAt(end)))) {
        return true;
      }
    }
    return false;
  }

  private String bare(String name) {
    String s = COPY.matcher(name).replaceFirst("");
    for (String suffix : wanted.map(List::of).orElse(List.of())) {
      if (s.length() > suffix.length() + 1
          && s.endsWith(suffix)
          && "_- .".indexOf(s.charAt(s.length() - suffix.length() - 1)) >= 0) {
        s = s.substring(0, s.length() - suffix.length() - 1);
      }
    }
    s = CHAPTER.matcher(s).replaceFirst("");
    s = CHAPTER_FIRST.matcher(s).replaceFirst("");
    return s.isBlank() ? name : s.strip();
  }

  /** The notebooks of the released assignment in a course folder; none where there is no such. */
  static List<Path> released(Path course, String assignment) throws IOException {
    for (String folder : List.of("release", "source")) {
      Path p = course.resolve(folder).resolve(assignment);
      if (Files.isDirectory(p)) {
        return submission("", p).files();
      }
    }
    return List.of();
  }

  /** For tests: what a name would be taken for. */
  static String studentOf(String name, List<String> roster) {
    return new Layout(Path.of("."), Optional.empty(), roster).student(name);
  }

  static Map<String, Submission> byStudent(List<Submission> submissions) {
    SortedMap<String, Submission> by = new TreeMap<>();
    submissions.forEach(s -> by.merge(s.student(), s, Layout::together));
    return by;
  }
}
