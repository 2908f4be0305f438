package paniclab.exercises;

import java.util.Locale;

/** An answer offered to a why question. */
public sealed interface Reason {
  /** What a prediction calls it. */
  String id();

  /** The sentence offered. */
  String statement(Locale locale);

  /** A true sentence about Go; whether it decides here is computed from the runs. */
  record True(Rule rule) implements Reason {
    @Override
    public String id() {
      return rule.id();
    }

    @Override
    public String statement(Locale locale) {
      return rule.statement(locale);
    }
  }

  /** What a named wrong model says. */
  record Wrong(Misconception model) implements Reason {
    @Override
    public String id() {
      return model.id();
    }

    @Override
    public String statement(Locale locale) {
      return model.statement().in(locale);
    }
  }
}
