package paniclab.exercises;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Reads the text of a prediction's cell; the grammar is told in {@link Prediction}. */
final class PredictionReader {
  private static final Pattern LIST = Pattern.compile("[,，、;；\\s]+");
  private static final String PRINTS = new Question.Prints().key();

  private final Map<String, Question> questions = new LinkedHashMap<>();
  private final SortedMap<String, Answer> answers = new TreeMap<>();
  private final List<Problem> problems = new ArrayList<>();
  private final List<String> printed = new ArrayList<>();
  private boolean printsNothing;
  private boolean printsGiven;
  private String item = "";

  PredictionReader(List<Question> asked) {
    asked.forEach(q -> questions.put(q.key(), q));
  }

  Prediction read(String cell) {
    if (cell.length() > Prediction.MAX_CHARACTERS) {
      problem(1, "", "long", String.valueOf(Prediction.MAX_CHARACTERS));
      return new Prediction(Prediction.itemOf(cell).orElse(""), answers, problems);
    }
    int number = 0;
    boolean first = true;
    int underPrints = NOT_UNDER;
    for (String raw : withoutMark(cell).lines().toList()) {
      number++;
      String line = raw.strip();
      if (first && !line.isEmpty() && magic(line).isPresent()) {
        item = magic(line).get();
        first = false;
      } else if (indent(raw) > underPrints && !line.isEmpty() && !isPrints(line)) {
        print(line, number);
      } else if (!line.isEmpty() && !isComment(line)) {
        first = false;
        underPrints = line(line, number).equals(PRINTS) ? indent(raw) : NOT_UNDER;
      }
    }
    finishPrints();
    return new Prediction(item, answers, problems);
  }

  /** Deeper than any line can be. */
  private static final int NOT_UNDER = Integer.MAX_VALUE;

  private static int indent(String raw) {
    return raw.length() - raw.stripLeading().length();
  }

  /** Editors indent the lines of a cell by themselves: such a line is no text that was printed. */
  private static boolean isPrints(String line) {
    int colon = indexOfColon(line);
    return colon > 0
        && Words.find(Words.KEYS, line.substring(0, colon)).equals(Optional.of(PRINTS));
  }

  /** Go's and Java's comments too: tools of other people write such a line into a cell of ours. */
  private static boolean isComment(String line) {
    return line.startsWith("#") || line.startsWith("//");
  }

  private void finishPrints() {
    if (printsGiven && (printsNothing || !printed.isEmpty())) {
      answers.put(PRINTS, new Answer.Sequence(printed));
    }
  }

  static String withoutMark(String s) {
    return s.startsWith("\uFEFF") ? s.substring(1) : s;
  }

  static Optional<String> magic(String line) {
    String folded = Words.fold(line);
    if (!folded.equals(Prediction.MAGIC) && !folded.startsWith(Prediction.MAGIC + " ")) {
      return Optional.empty();
    }
    String rest = folded.substring(Prediction.MAGIC.length()).strip();
    int blank = rest.indexOf(' ');
    return Optional.of(blank < 0 ? rest : rest.substring(0, blank));
  }

  /** Reads a line and says which key it had; empty for none. */
  private String line(String line, int number) {
    int colon = indexOfColon(line);
    if (colon < 0) {
      problem(number, "", "colon", line);
      return "";
    }
    String spelling = line.substring(0, colon);
    Optional<String> key = Words.find(Words.KEYS, spelling);
    if (key.isEmpty()) {
      Optional<String> near = Words.nearest(Words.fold(spelling), Words.KEYS.keySet());
      problem(
          number, "", "key", spelling.strip(), near.orElse(String.join(", ", questions.keySet())));
      return "";
    }
    Optional<Question> question = Optional.ofNullable(questions.get(key.get()));
    if (question.isEmpty()) {
      problem(number, key.get(), "notasked", key.get(), String.join(", ", questions.keySet()));
      return key.get();
    }
    String value = line.substring(colon + 1).strip();
    if (key.get().equals(PRINTS)) {
      printsGiven = true;
    }
    if (!value.isEmpty()) {
      value(question.get(), value, number);
    }
    return key.get();
  }

  private static int indexOfColon(String line) {
    int ascii = line.indexOf(':');
    int wide = line.indexOf('：');
    return ascii < 0 ? wide : wide < 0 ? ascii : Math.min(ascii, wide);
  }

  private void value(Question question, String value, int number) {
    Optional<Answer> answer =
        switch (question) {
          case Question.Outcome() -> outcomes(value, number);
          case Question.Recovered() -> whether("recovered", Words.WHETHER, value, number);
          case Question.Defers(List<DeferSite> sites) -> defers(sites, value, number);
          case Question.Prints() -> {
            print(value, number);
            yield Optional.empty();
          }
          case Question.Exit() -> exits(value, number);
          case Question.Stderr() -> Optional.of(new Answer.Line(textOrNothing(value)));
          case Question.Schedules() -> whether("schedules", Words.SCHEDULES, value, number);
          case Question.Why(List<Reason> reasons) -> why(reasons, value, number);
        };
    answer.ifPresent(a -> {
      if (answers.putIfAbsent(question.key(), a) != null) {
        problem(number, question.key(), "twice", question.key());
      }
    });
  }

  private void print(String value, int number) {
    printsGiven = true;
    if (isNothing(value)) {
      printsNothing = true;
    } else {
      printed.add(textOrNothing(value));
    }
    if (printsNothing && !printed.isEmpty()) {
      problem(number, PRINTS, "printsboth");
    }
  }

  private static boolean isNothing(String value) {
    return Words.find(Words.NOTHING, value).isPresent();
  }

  private static String textOrNothing(String value) {
    if (isNothing(value)) {
      return "";
    }
    boolean quoted = value.length() >= 2 && value.startsWith("\"") && value.endsWith("\"");
    return quoted ? value.substring(1, value.length() - 1) : value;
  }

  private Optional<Answer> outcomes(String value, int number) {
    Optional<String> whole = Words.find(Words.OUTCOMES, value);
    if (whole.isPresent()) {
      return Optional.of(new Answer.Possible(List.of(whole.get())));
    }
    List<String> words = new ArrayList<>();
    for (String part : value.split("[,，、;；/|]|\\bor\\b|或者|或")) {
      if (part.isBlank()) {
        continue;
      }
      Optional<String> word = Words.find(Words.OUTCOMES, part);
      if (word.isEmpty()) {
        problem(
            number,
            "outcome",
            "word",
            part.strip(),
            "outcome",
            String.join(", ", Words.canonical(Words.OUTCOMES)));
        return Optional.empty();
      }
      words.add(word.get());
    }
    return words.isEmpty() ? Optional.empty() : Optional.of(new Answer.Possible(words));
  }

  private Optional<Answer> whether(
      String key, Map<String, String> table, String value, int number) {
    Optional<String> word = Words.find(table, value);
    if (word.isEmpty()) {
      problem(number, key, "word", value, key, String.join(", ", Words.canonical(table)));
    }
    return word.map(Answer.Whether::new);
  }

  private Optional<Answer> exits(String value, int number) {
    List<String> statuses = new ArrayList<>();
    for (String part : LIST.split(Words.fold(value))) {
      if (part.equals("or") || part.equals("或") || part.isEmpty()) {
        continue;
      }
      if (!part.matches("\\d{1,3}") || Integer.parseInt(part) > 255) {
        problem(number, "exit", "exit", part);
        return Optional.empty();
      }
      statuses.add(String.valueOf(Integer.parseInt(part)));
    }
    return statuses.isEmpty() ? Optional.empty() : Optional.of(new Answer.Possible(statuses));
  }

  private Optional<Answer> defers(List<DeferSite> sites, String value, int number) {
    if (isNothing(value)) {
      return Optional.of(new Answer.Sequence(List.of()));
    }
    List<String> known = sites.stream().map(DeferSite::label).toList();
    List<String> labels = new ArrayList<>();
    for (String part : LIST.split(Words.fold(value))) {
      if (part.isEmpty() || part.equals("->") || part.equals("→")) {
        continue;
      }
      if (!known.contains(part)) {
        problem(number, "defers", "defer", part, String.join(", ", known));
        return Optional.empty();
      }
      labels.add(part);
    }
    return labels.isEmpty() ? Optional.empty() : Optional.of(new Answer.Sequence(labels));
  }

  private Optional<Answer> why(List<Reason> reasons, String value, int number) {
    String folded = Words.fold(value);
    for (int i = 0; i < reasons.size(); i++) {
      if (folded.equals(reasons.get(i).id()) || folded.equals(letter(i))) {
        return Optional.of(new Answer.Because(reasons.get(i).id()));
      }
    }
    problem(
        number,
        "why",
        "reason",
        value,
        String.join(", ", reasons.stream().map(Reason::id).toList()));
    return Optional.empty();
  }

  /** The short name of the n-th reason: a, b, c, … */
  static String letter(int n) {
    return String.valueOf((char) ('a' + n));
  }

  private void problem(int line, String key, String message, String... arguments) {
    problems.add(new Problem(line, key, message, List.of(arguments)));
  }
}
