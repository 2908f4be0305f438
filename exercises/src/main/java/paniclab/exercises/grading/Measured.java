package paniclab.exercises.grading;

import java.io.FilterReader;
import java.io.IOException;
import java.io.Reader;

/**
 * A reader that says no to a text that would fill the memory. What is skipped may be of any length,
 * what is kept may not: whoever keeps calls {@link #next} before each piece.
 */
final class Measured extends FilterReader {
  /** The most characters of one cell's source, or of any other text that is kept. */
  static final int MAX_TEXT = 1 << 22;

  /** The most characters of all texts of a notebook that are kept. */
  static final int MAX_KEPT = 1 << 24;

  /** Buffers of the JSON reader may be read ahead. */
  private static final int AHEAD = 1 << 12;

  /** A text is too long. */
  static final class TooLong extends IOException {
    private static final long serialVersionUID = 1L;

    TooLong(String message) {
      super(message);
    }
  }

  private long left = Long.MAX_VALUE;

  Measured(Reader in) {
    super(in);
  }

  /** What comes next is kept. */
  void next() {
    left = MAX_TEXT + AHEAD;
  }

  /** What comes next is skipped. */
  void skip() {
    left = Long.MAX_VALUE;
  }

  @Override
  public int read(char[] buffer, int offset, int length) throws IOException {
    int n = super.read(buffer, offset, length);
    left -= Math.max(n, 0);
    if (left < 0) {
      throw new TooLong("a text in it has more than " + MAX_TEXT + " characters");
    }
    return n;
  }
}
