package paniclab.exercises;

import java.util.List;

/** Something to answer about a program. It holds no answer: what is right is computed. */
public sealed interface Exercise permits PredictionItem, FixItem {
  /** Letters, digits and dashes; unique in a bank. */
  String id();

  /** Where it was read from, for messages. */
  String file();

  /** E.g. ch1; an assignment may be a chapter. */
  String chapter();

  /** Id of its program in the corpus. */
  String program();

  /** Ids of the ledger. */
  List<String> claims();

  /** What is asked. */
  Text prompt();

  /** What to know afterwards. */
  Text context();
}
