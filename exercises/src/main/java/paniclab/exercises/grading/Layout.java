package paniclab.exercises.grading;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
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
  /** How submissions may lie in a folder. */
  enum Kind {
    AUTO,
    NBGRADER,
    FLAT,
    CANVAS,
    MOODLE
  }

  /** The most notebooks of one student that are read. */
  static final int MAX_FILES = 200;

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

  private final Kind kind;
  private final Optional<String> wanted;
  private final Roster roster;

  /**
   * @param wanted the assignment, if one was named
   * @param roster the students; may be empty
   */
  Layout(Kind kind, Optional<String> wanted, Roster roster) {
    this.kind = kind;
    this.wanted = wanted;
    this.roster = roster;
  }

  /** The submissions of a class, and the name of the assignment. */
  record Found(List<Submission> submissions, Optional<String> assignment) {}

  /** Looks into a folder, or takes a notebook. */
  Found find(Path root) throws IOException {
    if (Files.isRegularFile(root)) {
      return new Found(List.of(flat(List.of(root)).firstEntry().getValue()), wanted);
    }
    if (!Files.isDirectory(root)) {
      throw new UsageException(root + ": there is no such file or folder");
    }
    Path submitted = root.resolve("submitted");
    boolean looks = kind == Kind.AUTO || kind == Kind.NBGRADER;
    if (looks && Files.isDirectory(submitted)) {
      return nbgrader(submitted);
    }
    if (kind == Kind.NBGRADER || looks && wanted.isPresent() && hasFolders(root, wanted.get())) {
      return nbgrader(root);
    }
    return named(root);
  }

  /** Files and folders that carry the student in their names. */
  private Found named(Path root) throws IOException {
    List<Path> children = children(root);
    SortedMap<String, Submission> all = flat(children.stream().filter(Layout::isNotebook).toList());
    List<Path> folders = children.stream().filter(p -> isFolder(p) && !isNotebook(p)).toList();
    if (all.isEmpty() && folders.size() == 1 && !isSomebodys(folders.getFirst())) {
      return named(folders.getFirst()); // a zip often holds one folder with everything in it
    }
    for (Path folder : folders) {
      Submission s = inFolder(folder);
      all.merge(s.student(), s, Submission::together);
    }
    return new Found(List.copyOf(all.values()), wanted);
  }

  /** Whether a folder is a student's own: it holds notebooks, or is called as a student is. */
  private boolean isSomebodys(Path folder) throws IOException {
    String name = String.valueOf(folder.getFileName());
    return owner(name).isPresent()
        || roster.knows(name)
        || children(folder).stream().anyMatch(Layout::isNotebook)
        || children(folder).stream().noneMatch(p -> isFolder(p) || owner(name(p)).isPresent());
  }

  private Submission inFolder(Path folder) throws IOException {
    String name = String.valueOf(folder.getFileName());
    Optional<Owner> owner = owner(name);
    String student = owner.map(roster::idOf).orElseGet(() -> student(name));
    return submission(student, folder).of(owner);
  }

  private Optional<Owner> owner(String name) {
    return switch (kind) {
      case AUTO -> Owner.of(name);
      case CANVAS -> Owner.canvas(name);
      case MOODLE -> Owner.moodle(name);
      case NBGRADER, FLAT -> Optional.empty();
    };
  }

  private static boolean hasFolders(Path root, String assignment) throws IOException {
    for (Path child : children(root)) {
      if (Files.isDirectory(child.resolve(assignment))) {
        return true;
      }
    }
    return false;
  }

  private Found nbgrader(Path submitted) throws IOException {
    List<Path> students = children(submitted).stream().filter(Layout::isFolder).toList();
    SortedSet<String> assignments = new TreeSet<>();
    for (Path s : students) {
      children(s).stream().filter(Layout::isFolder).forEach(a -> assignments.add(name(a)));
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
      all.add(submission(name(s), s.resolve(assignment.orElse("."))));
    }
    return new Found(all, assignment);
  }

  private static Submission submission(String student, Path folder) throws IOException {
    if (Files.isSymbolicLink(folder)) {
      return new Submission(student, List.of(folder), folder, "");
    }
    Finder finder = new Finder(folder);
    String timestamp = "";
    if (Files.isDirectory(folder)) {
      Files.walkFileTree(folder, java.util.Set.of(), DEPTH, finder);
      Path stamp = folder.resolve("timestamp.txt");
      if (Files.isRegularFile(stamp, LinkOption.NOFOLLOW_LINKS) && Files.size(stamp) < 200) {
        timestamp = TextFile.of(stamp, () -> false).readAll().strip();
      }
    }
    return new Submission(student, finder.files, folder, timestamp).noting(finder.notes());
  }

  /** Walks a student's folder. What cannot be read is noted; links are not followed. */
  private static final class Finder extends SimpleFileVisitor<Path> {
    private final Path folder;
    private final List<Path> files = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private final List<String> others = new ArrayList<>();

    Finder(Path folder) {
      this.folder = folder;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path dir, BasicFileAttributes attributes) {
      return dir.equals(folder) || !hidden(folder.relativize(dir))
          ? FileVisitResult.CONTINUE
          : FileVisitResult.SKIP_SUBTREE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      if (hidden(folder.relativize(file))) {
        return FileVisitResult.CONTINUE;
      }
      if (isNotebook(file) && files.size() < MAX_FILES) {
        files.add(file);
      } else if (isNotebook(file)) {
        notes.add("holds more than " + MAX_FILES + " notebooks; the rest is not read");
        return FileVisitResult.TERMINATE;
      } else if (!name(file).equals("timestamp.txt") && others.size() < 5) {
        others.add(name(file));
      }
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException e) {
      notes.add(name(file) + ": cannot be read: " + e.getMessage());
      return FileVisitResult.CONTINUE;
    }

    List<String> notes() {
      if (files.isEmpty() && !others.isEmpty()) {
        notes.add("what lies there is no notebook: " + String.join(", ", others));
      }
      return notes;
    }
  }

  /** Files in the folder itself, one or more a student. */
  private SortedMap<String, Submission> flat(List<Path> files) throws IOException {
    SortedMap<String, Submission> all = new TreeMap<>();
    for (Path file : files) {
      Optional<Owner> owner = owner(name(file));
      String student = owner.map(roster::idOf).orElseGet(() -> student(stem(file)));
      List<Path> notebooks =
          Files.isDirectory(file) && !Files.isSymbolicLink(file)
              ? submission(student, file).files()
              : List.of();
      List<Path> read = notebooks.isEmpty() ? List.of(file) : notebooks;
      all.merge(student, new Submission(student, read, file, "").of(owner), Submission::together);
    }
    return all;
  }

  private static boolean isFolder(Path p) {
    return Files.isDirectory(p);
  }

  private static boolean isNotebook(Path p) {
    return isNotebookName(name(p));
  }

  static boolean isNotebookName(String name) {
    return NOTEBOOK.matcher(name).matches();
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
          .filter(p -> !name(p).equals("__MACOSX") && !isInstructors(p))
          .sorted(Comparator.comparing(Path::toString))
          .toList();
    }
  }

  /** The folder of the instructor's files beside released notebooks. */
  private static boolean isInstructors(Path folder) {
    return name(folder).equals(Assignment.FOLDER) && Files.isDirectory(folder);
  }

  private static String name(Path file) {
    return String.valueOf(file.getFileName());
  }

  private static String stem(Path file) {
    Matcher m = NOTEBOOK.matcher(name(file));
    return m.matches() ? m.group(1) : name(file);
  }

  /** The student a name stands for: one of the roster, or what is left without chapter and copy. */
  private String student(String name) {
    return inRoster(name).orElseGet(() -> bare(name));
  }

  private Optional<String> inRoster(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return roster.students().keySet().stream()
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
    return new Layout(Kind.AUTO, Optional.empty(), Roster.of(roster)).student(name);
  }

  static Map<String, Submission> byStudent(List<Submission> submissions) {
    SortedMap<String, Submission> by = new TreeMap<>();
    submissions.forEach(s -> by.merge(s.student(), s, Submission::together));
    return by;
  }
}
