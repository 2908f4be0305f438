package paniclab.cli;

import java.io.InputStream;
import java.io.PrintStream;

/**
 * Where a command reads and writes.
 *
 * @param in the standard input of the command
 * @param out the result, and nothing else
 * @param err everything else that is said
 */
record Io(InputStream in, PrintStream out, PrintStream err) {}
