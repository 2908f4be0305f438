package paniclab.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.util.List;

/** Does the same for each program of the command line; one that fails does not stop the others. */
final class Each {
  private final Io io;

  Each(Io io) {
    this.io = io;
  }

  /** Makes a result of a program. */
  interface Maker {
    Result make(Input input) throws IOException;
  }

  /** Deals with a program. */
  interface Step {
    void take(Input input) throws IOException;
  }

  /** Prints what the one program printed; the exit status is the program's. */
  int single(String file, Maker maker) throws IOException {
    Input input;
    try {
      input = Input.read(file);
    } catch (Input.Unreadable e) {
      io.err().println("paniclab: " + e.getMessage());
      return Exit.NO_INPUT;
    }
    Result result = maker.make(input);
    write(io.out(), result.stdout().toBytes());
    write(io.err(), result.stderr().toBytes());
    if (!result.remark().isEmpty()) {
      io.err().println(result.remark());
    }
    io.err().flush();
    return result.exit();
  }

  private static void write(PrintStream to, byte[] bytes) {
    to.write(bytes, 0, bytes.length);
    to.flush();
  }

  /** Takes the step for each program. */
  int all(List<String> files, Step step) {
    int status = Exit.OK;
    for (String file : files) {
      try {
        step.take(Input.read(file));
        io.out().flush();
      } catch (Input.Unreadable | IOException e) {
        io.err().println("paniclab: " + e.getMessage());
        status = Exit.NO_INPUT;
      } catch (RuntimeException e) {
        io.err().println("paniclab: " + file + ": a bug of ours, please report it:");
        e.printStackTrace(io.err());
        status = Exit.BUG;
      }
      io.err().flush();
    }
    return status;
  }
}
