package paniclab.exercises.grading;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import paniclab.exercises.GradeText;
import paniclab.exercises.Messages;

/** How one student's score came about, in words. */
public final class Explanation implements Listener {
  private final String student;
  private final Locale locale;
  private volatile Optional<String> text = Optional.empty();

  /** Waits for a student. */
  public Explanation(String student, Locale locale) {
    this.student = student;
    this.locale = locale;
  }

  @Override
  public void judged(Judged judged) {
    if (judged.row().studentId().equals(student)) {
      text = Optional.of(of(judged));
    }
  }

  /** The explanation; absent when nobody was graded who is called so. */
  public Optional<String> text() {
    return text;
  }

  private String of(Judged judged) {
    GradeRow row = judged.row();
    List<String> lines = new ArrayList<>();
    lines.add(row.studentId() + ": " + score(row.finalScore(), row.maxScore()));
    lines.add(row.status().word() + (row.reasons().isEmpty() ? "" : ":"));
    row.reasons().forEach(r -> lines.add("  " + r));
    for (Judged.Item item : judged.items()) {
      lines.add("");
      lines.add(item.gradable().id() + ": " + score(item.score(), item.max()));
      if (!item.cell().isBlank()) {
        item.cell().lines().forEach(l -> lines.add("  | " + l));
      }
      item.judgement().detail().text(locale).lines().forEach(l -> lines.add("  " + l));
    }
    return String.join("\n", lines);
  }

  private String score(double score, double max) {
    return Messages.get(locale, "grade.score", GradeText.number(score), GradeText.number(max));
  }
}
