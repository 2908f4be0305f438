package paniclab.oracle;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import paniclab.model.signal.SigFlag;
import paniclab.model.signal.Signal;
import paniclab.model.signal.Signals;

/** The model's table of signals is the one in the source of the Go toolchain at hand. */
class SigtableTest {
  private static final Pattern LINE =
      Pattern.compile("\\s*/\\* (\\d+) \\*/ \\{([^,]*), \"(.*?)\"},.*");
  private static final Pattern NAME = Pattern.compile("\\s*(\\d+): +\"(.*)\",");

  private static Path source(String file) throws IOException {
    Process p = new ProcessBuilder("go", "env", "GOROOT").start();
    String root = new String(p.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    return Path.of(root, "src", file);
  }

  @Test
  void flagsAndTextsAreThoseOfTheRuntime() throws IOException {
    List<String> theirs = new ArrayList<>();
    for (String l : Files.readAllLines(source("runtime/sigtab_linux_generic.go"))) {
      Matcher m = LINE.matcher(l);
      if (m.matches() && !m.group(1).equals("0")) {
        theirs.add(m.group(1) + " " + m.group(2).replace(" ", "") + " " + m.group(3));
      }
    }
    List<String> ours = new ArrayList<>();
    for (Signal s : Signals.all()) {
      String flags = String.join("+", s.flags().stream().map(SigFlag::goName).toList());
      ours.add(s.number() + " " + (flags.isEmpty() ? "0" : flags) + " " + s.header());
    }
    assertEquals(theirs, ours);
  }

  @Test
  void descriptionsAreThoseOfPackageSyscall() throws IOException {
    Map<Integer, String> theirs = new TreeMap<>();
    boolean inside = false;
    for (String l : Files.readAllLines(source("syscall/zerrors_linux_amd64.go"))) {
      inside |= l.startsWith("var signals = ");
      Matcher m = NAME.matcher(l);
      if (inside && m.matches()) {
        theirs.put(Integer.parseInt(m.group(1)), m.group(2));
      }
    }
    assertEquals(31, theirs.size());
    for (Signal s : Signals.all()) {
      assertEquals(
          theirs.getOrDefault(s.number(), "signal " + s.number()), s.description(), s.name());
    }
  }
}
