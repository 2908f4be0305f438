package paniclab.model.machine;

/** A panic (or a Goexit) in progress, linked to the one it interrupted. */
final class PanicRecord {
  final InterfaceValue value;
  final PanicRecord link;
  final boolean goexit;

  /** Raised by the runtime, not by a call of panic. */
  final boolean runtime;

  boolean recovered;
  boolean repanicked;

  /** The text to print, once it is known. */
  String text;

  PanicRecord(InterfaceValue value, PanicRecord link, boolean goexit, boolean runtime) {
    this.value = value;
    this.link = link;
    this.goexit = goexit;
    this.runtime = runtime;
  }
}
