package paniclab.golang.internal;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import paniclab.model.c.CProgram;

/** What gofront answers to a request. */
public sealed interface Answer {
  /** The program. */
  record Program(Unit unit, CProgram c) implements Answer {}

  /** Go's messages. */
  record Rejected(List<Message> messages) implements Answer {}

  /** What the model has not got. */
  record Unsupported(List<Message> messages) implements Answer {}

  /** Programs that differ from the given one in one edit. */
  record Mutations(List<Edit> edits) implements Answer {}

  /** One edit: its kind, the file and line where it begins, and the whole new text of the file. */
  record Edit(String kind, String file, int line, String text) {}

  /** A message with its place. */
  record Message(String file, int line, int column, String text) {}

  /**
   * Reads an answer.
   *
   * @throws IllegalArgumentException if it is none
   */
  public static Answer read(byte[] bytes) {
    if (bytes.length == 0) {
      throw new IllegalArgumentException("the Go front end answered nothing");
    }
    return switch (bytes[0]) {
      case 'P' -> new Program(new Unit(bytes, 1), CProgram.NONE);
      case 'C' -> {
        Reader r = new Reader(bytes, 1);
        CProgram c = new CDecoder(bytes, r).program();
        yield new Program(new Unit(bytes, r.position()), c);
      }
      case 'R' -> new Rejected(messages(bytes));
      case 'U' -> new Unsupported(messages(bytes));
      case 'M' -> new Mutations(edits(bytes));
      default ->
          throw new IllegalArgumentException(
              "the Go front end's answer has unknown kind " + bytes[0]);
    };
  }

  private static List<Message> messages(byte[] bytes) {
    Reader r = new Reader(bytes, 1);
    List<Message> list = new ArrayList<>();
    for (int n = r.uint(); n > 0; n--) {
      String file = text(bytes, r);
      int line = r.uint();
      int column = r.uint();
      list.add(new Message(file, line, column, text(bytes, r)));
    }
    return list;
  }

  private static List<Edit> edits(byte[] bytes) {
    Reader r = new Reader(bytes, 1);
    List<Edit> list = new ArrayList<>();
    for (int n = r.uint(); n > 0; n--) {
      String kind = text(bytes, r);
      String file = text(bytes, r);
      int line = r.uint();
      list.add(new Edit(kind, file, line, text(bytes, r)));
    }
    return list;
  }

  private static String text(byte[] bytes, Reader r) {
    int length = r.uint();
    String s = new String(bytes, r.position(), length, StandardCharsets.UTF_8);
    r.skip(length);
    return s;
  }
}
