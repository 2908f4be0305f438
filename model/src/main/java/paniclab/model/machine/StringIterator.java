package paniclab.model.machine;

import paniclab.model.program.GoString;

/** An iteration over the runes of a string. */
final class StringIterator {
  final GoString string;
  int next;

  StringIterator(GoString string) {
    this.string = string;
  }
}
