package paniclab.exercises;

import java.util.List;
import java.util.TreeSet;

/** An answer in its one canonical form, whatever language and spelling it was given in. */
public sealed interface Answer {

  /** As a prediction would write it. */
  String show();

  /** Some of several words: the ways to end, or exit statuses. Sorted, each once. */
  record Possible(List<String> words) implements Answer {
    public Possible {
      words = List.copyOf(new TreeSet<>(words));
    }

    @Override
    public String show() {
      return String.join(", ", words);
    }
  }

  /** yes, no, depends, every or some. */
  record Whether(String word) implements Answer {
    @Override
    public String show() {
      return word;
    }
  }

  /** Lines or labels in order; may be empty. */
  record Sequence(List<String> parts) implements Answer {
    public Sequence {
      parts = List.copyOf(parts);
    }

    @Override
    public String show() {
      return parts.isEmpty() ? Words.NONE : String.join(" | ", parts);
    }
  }

  /** A line of text; empty for none. */
  record Line(String text) implements Answer {
    @Override
    public String show() {
      return text.isEmpty() ? Words.NONE : text;
    }
  }

  /** The id of a reason. */
  record Because(String reason) implements Answer {
    @Override
    public String show() {
      return reason;
    }
  }
}
