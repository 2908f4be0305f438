package paniclab.cli;

import java.util.List;
import java.util.Set;

/**
 * Which files of a folder make the package, as {@code go help buildconstraint} has it, for the one
 * system the model knows: linux on amd64, built by gc 1.26 without cgo.
 */
final class BuildConstraints {
  private static final int GO_MINOR = 26;
  private static final Set<String> TRUE = Set.of("linux", "unix", "amd64", "gc");
  private static final Set<String> SYSTEMS =
      Set.of(
          "aix",
          "android",
          "darwin",
          "dragonfly",
          "freebsd",
          "illumos",
          "ios",
          "js",
          "linux",
          "netbsd",
          "openbsd",
          "plan9",
          "solaris",
          "wasip1",
          "windows");
  private static final Set<String> MACHINES =
      Set.of(
          "386",
          "amd64",
          "arm",
          "arm64",
          "loong64",
          "mips",
          "mips64",
          "mips64le",
          "mipsle",
          "ppc64",
          "ppc64le",
          "riscv64",
          "s390x",
          "wasm");

  private final String expression;
  private int at;

  private BuildConstraints(String expression) {
    this.expression = expression;
  }

  /** Whether a file belongs by its name: {@code x_windows.go} and {@code x_test.go} do not. */
  static boolean nameFits(String name) {
    if (!name.endsWith(".go") || name.startsWith("_") || name.startsWith(".")) {
      return false;
    }
    String stem = name.substring(0, name.length() - ".go".length());
    if (stem.endsWith("_test")) {
      return false;
    }
    List<String> parts = List.of(stem.split("_", -1));
    int n = parts.size();
    String last = n > 1 ? parts.get(n - 1) : "";
    if (MACHINES.contains(last)) {
      String before = n > 2 ? parts.get(n - 2) : "";
      return last.equals("amd64") && (!SYSTEMS.contains(before) || before.equals("linux"));
    }
    return !SYSTEMS.contains(last) || last.equals("linux");
  }

  /** Whether a file belongs by the {@code //go:build} line above its package clause. */
  static boolean textFits(String text) {
    for (String line : text.lines().toList()) {
      String l = line.strip();
      if (l.startsWith("//go:build ")) {
        return new BuildConstraints(l.substring("//go:build ".length())).or();
      }
      if (l.startsWith("package ")) {
        return true;
      }
    }
    return true;
  }

  private boolean or() {
    boolean value = and();
    while (take("||")) {
      value |= and();
    }
    return value;
  }

  private boolean and() {
    boolean value = not();
    while (take("&&")) {
      value &= not();
    }
    return value;
  }

  private boolean not() {
    if (take("!")) {
      return !not();
    }
    if (take("(")) {
      boolean value = or();
      take(")");
      return value;
    }
    return holds(tag());
  }

  private boolean take(String token) {
    skipBlanks();
    if (!expression.startsWith(token, at)) {
      return false;
    }
    at += token.length();
    return true;
  }

  private void skipBlanks() {
    while (at < expression.length() && expression.charAt(at) <= ' ') {
      at++;
    }
  }

  private String tag() {
    skipBlanks();
    int begin = at;
    while (at < expression.length() && " \t!()&|".indexOf(expression.charAt(at)) < 0) {
      at++;
    }
    return expression.substring(begin, at);
  }

  private static boolean holds(String tag) {
    if (tag.matches("go1\\.\\d{1,3}")) {
      return Integer.parseInt(tag.substring("go1.".length())) <= GO_MINOR;
    }
    return TRUE.contains(tag);
  }
}
