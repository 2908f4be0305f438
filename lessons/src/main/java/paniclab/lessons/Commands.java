package paniclab.lessons;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.parser.IncludeSourceSpans;
import org.commonmark.parser.Parser;

/** The shell commands that a lesson shows, and the tools they need. */
final class Commands {
  private static final Parser PARSER =
      Parser.builder().includeSourceSpans(IncludeSourceSpans.BLOCKS).build();

  /** What every system has on which Go programs run; it needs no word. */
  private static final Set<String> EVERYWHERE =
      Set.of(
          "cat", "diff", "echo", "grep", "head", "kill", "less", "ls", "set", "sort", "timeout",
          "ulimit", "uniq", "wc");

  /** What must be there, as a person would call it. */
  private static final Map<String, String> TOOLS =
      Map.of(
          "go", "Go",
          "curl", "curl",
          "gcc", "gcc",
          "gdb", "gdb",
          "ldd", "ldd (glibc)",
          "readelf", "readelf (binutils)",
          "strace", "strace",
          "valgrind", "valgrind");

  /** Flags of the go command that build with a C compiler. */
  private static final Pattern WITH_C = Pattern.compile("\\s-(race|asan|msan)\\b");

  private static final Pattern QUOTED = Pattern.compile("'[^']*'|\"[^\"]*\"");
  private static final Pattern REDIRECTED = Pattern.compile("\\d?>&\\d");
  private static final Pattern BETWEEN = Pattern.compile("\\|\\||&&|[|;&]|\\$\\(");
  private static final Pattern ASSIGNED = Pattern.compile("^([A-Za-z_]+=\\S*\\s*)+");

  private Commands() {}

  /** The blocks of shell commands in a text, without their fences. */
  static List<String> blocks(String markdown) {
    return found(markdown).stream().map(FencedCodeBlock::getLiteral).toList();
  }

  private static List<FencedCodeBlock> found(String markdown) {
    List<FencedCodeBlock> found = new ArrayList<>();
    PARSER
        .parse(markdown)
        .accept(
            new AbstractVisitor() {
              @Override
              public void visit(FencedCodeBlock block) {
                if (block.getInfo().equals("bash")) {
                  found.add(block);
                }
              }
            });
    return found;
  }

  /** The text with a line below each block that names the tools it needs. */
  static String marked(String markdown, Words words) {
    if (!markdown.contains("```bash")) {
      return markdown;
    }
    List<String> lines = new ArrayList<>(markdown.lines().toList());
    for (FencedCodeBlock block : found(markdown).reversed()) {
      Set<String> tools = tools(block.getLiteral());
      if (!tools.isEmpty()) {
        String needs = words.get("needs", String.join(words.get("needs.and"), tools));
        lines.addAll(block.getSourceSpans().getLast().getLineIndex() + 1, List.of("", needs));
      }
    }
    return String.join("\n", lines);
  }

  /**
   * The tools that a block needs, in the order of their first use.
   *
   * @throws IllegalArgumentException for a command that is in neither table
   */
  static Set<String> tools(String block) {
    Set<String> tools = new LinkedHashSet<>();
    for (String line : block.replace("\\\n", " ").lines().toList()) {
      for (String part :
          BETWEEN.split(REDIRECTED.matcher(QUOTED.matcher(line).replaceAll("''")).replaceAll(""))) {
        String command = ASSIGNED.matcher(part.strip()).replaceFirst("");
        String word = command.split("[\\s)]", 2)[0];
        if (TOOLS.containsKey(word)) {
          tools.add(TOOLS.getOrDefault(word, word));
          if (word.equals("go") && WITH_C.matcher(command).find()) {
            tools.add("gcc");
          }
        } else if (!word.isEmpty()
            && !word.startsWith("#")
            && !word.startsWith("./")
            && !EVERYWHERE.contains(word)) {
          throw new IllegalArgumentException(
              "the command " + word + " in \"" + line + "\": say in Commands what it needs");
        }
      }
    }
    return tools;
  }
}
