package paniclab.kernel.worker;

import java.io.InterruptedIOException;
import java.util.List;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Function;
import paniclab.kernel.link.Display;
import paniclab.kernel.link.Frame;

/** What a Java cell can do to its notebook; every cell has these names without a prefix. */
public final class Notebook {
  private Notebook() {}

  /** Shows a value under the cell. Its id can be given to {@link #updateDisplay}. */
  public static String display(Object value) {
    return display(value, UUID.randomUUID().toString());
  }

  /** Shows a value under the cell, under an id of the caller's. */
  public static String display(Object value, String id) {
    show(Renderer.shared().render(value).withId(id), false);
    return id;
  }

  /** Replaces what was shown under an id, wherever it stands. */
  public static void updateDisplay(String id, Object value) {
    show(Renderer.shared().render(value).withId(id), true);
  }

  private static void show(Display display, boolean update) {
    Worker.current().show(display, update);
  }

  /** Clears what the cell has put out. */
  public static void clearOutput() {
    clearOutput(false);
  }

  /** Clears what the cell has put out; with {@code wait}, only when the next output comes. */
  public static void clearOutput(boolean wait) {
    Worker.current().send(new Frame.Clear(Cells.ofThisThread(), wait));
  }

  /** HTML to be shown. */
  public static Display html(String html) {
    return Display.of(Display.HTML, html).and(Display.TEXT, html);
  }

  /** Markdown to be shown. */
  public static Display markdown(String markdown) {
    return Display.of("text/markdown", markdown).and(Display.TEXT, markdown);
  }

  /** A picture to be shown. */
  public static Display svg(String svg) {
    return Display.of("image/svg+xml", svg).and(Display.TEXT, "<svg>");
  }

  /** Says how values of a class are shown. */
  public static <T> void showAs(Class<T> type, Function<? super T, Display> how) {
    Renderer.shared().register(type, how);
  }

  /**
   * Asks the learner for a line.
   *
   * @throws InputRefused where the front end takes no input
   */
  public static String ask(String prompt) throws InterruptedIOException {
    return Worker.current().input().ask(prompt, false);
  }

  /**
   * Asks the learner for a line that is not shown.
   *
   * @throws InputRefused where the front end takes no input
   */
  public static String askPassword(String prompt) throws InterruptedIOException {
    return Worker.current().input().ask(prompt, true);
  }

  /** Opens a comm to the front end. */
  public static Comm openComm(String target, String data) {
    return openComm(target, data, "{}", List.of());
  }

  /** Opens a comm to the front end, with metadata (widgets want their version there). */
  public static Comm openComm(String target, String data, String metadata, List<byte[]> buffers) {
    return Worker.current().comms().open(target, data, metadata, buffers);
  }

  /** Says what happens when the front end opens a comm to a target. */
  public static void commTarget(String name, BiConsumer<Comm, String> opened) {
    Worker.current().comms().target(name, opened);
  }
}
