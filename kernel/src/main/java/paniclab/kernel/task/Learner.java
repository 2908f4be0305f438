package paniclab.kernel.task;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import paniclab.exercises.Feedback;
import paniclab.exercises.Grade;
import paniclab.exercises.Misconception;
import paniclab.exercises.Predictions;
import paniclab.exercises.grading.Gradable;
import paniclab.exercises.progress.Attempt;
import paniclab.exercises.progress.ProgressFile;
import paniclab.kernel.Messages;

/**
 * Who learns in this worker: the predictions of the session, and the file in the notebook's folder
 * that outlives it.
 *
 * <p>Attempts are kept where a person works in a notebook, which front ends tell by {@code
 * JPY_SESSION_NAME} (Jupyter Server) or {@code VSCODE_PID}; a program that runs a notebook leaves
 * no file behind. {@code PANICLAB_PROGRESS} set to {@code off} keeps nothing, {@code on} keeps
 * always.
 */
final class Learner {
  private Learner() {}

  /** The predictions of a session live as long as its worker; the front gives them again. */
  private static final class Holder {
    static final Predictions PREDICTIONS = Predictions.builtIn();
  }

  static Predictions predictions() {
    return Holder.PREDICTIONS;
  }

  private static ProgressFile file() {
    return new ProgressFile(Path.of(""));
  }

  static List<Attempt> attempts() throws IOException {
    return file().read();
  }

  private static boolean keeps() {
    String wish = String.valueOf(System.getenv("PANICLAB_PROGRESS"));
    return wish.equals("on")
        || !wish.equals("off")
            && (System.getenv("JPY_SESSION_NAME") != null || System.getenv("VSCODE_PID") != null);
  }

  /** Keeps an attempt; what went wrong, in words, when it could not be kept. */
  static Optional<String> record(Feedback.Graded g, Locale locale) {
    String model =
        g.grade() instanceof Grade.Differs d ? d.model().map(Misconception::id).orElse("") : "";
    return record(g.item().id(), g.grade().score(), g.grade().max(), model, locale);
  }

  /** Keeps how a mended program did; {@link #record(Feedback.Graded, Locale)} otherwise. */
  static Optional<String> record(Gradable.Mended m, Locale locale) {
    return record(m.item().id(), m.grade().score(), m.item().points(), "", locale);
  }

  private static Optional<String> record(
      String item, double score, double max, String model, Locale locale) {
    if (!keeps() || max <= 0) {
      return Optional.empty();
    }
    Attempt attempt = new Attempt(Instant.now(), item, score, max, model);
    try {
      file().add(attempt);
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of(
          new Messages(locale)
              .get("progress.notkept", file().path().toAbsolutePath().toString(), e.toString()));
    }
  }
}
