package paniclab.kernel.magic;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import paniclab.kernel.CellResult;
import paniclab.kernel.Messages;
import paniclab.kernel.link.Display;

/** What a magic may use of its session. */
public interface MagicContext {
  /** Runs Java for a cell. */
  CellResult java(Magic.Call call, String code);

  /** Runs one of the worker's tasks for a cell. */
  CellResult task(Magic.Call call, String task, Map<String, String> arguments);

  /** Shows something under a cell. */
  void show(Magic.Call call, Display display);

  /** Adds a jar or folder to what cells can use. */
  void addPath(Path path);

  /** What cells can use. */
  List<String> classPath();

  /** The language of messages. */
  Locale locale();

  /** Sets the language of messages. */
  void locale(Locale locale);

  /** What the learner reads. */
  Messages messages();

  /** What was answered, for a grader. */
  Answers answers();
}
