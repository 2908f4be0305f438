package paniclab.lessons;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.commonmark.ext.front.matter.YamlFrontMatterBlock;
import org.commonmark.ext.front.matter.YamlFrontMatterExtension;
import org.commonmark.ext.front.matter.YamlFrontMatterVisitor;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.Node;
import org.commonmark.node.SourceSpan;
import org.commonmark.parser.IncludeSourceSpans;
import org.commonmark.parser.Parser;
import paniclab.lessons.LessonException.Problem;
import paniclab.lessons.lookup.LookupText;

/**
 * Reads a lesson: the subset of MyST Markdown that the weaver, jupytext and mystmd agree on. What
 * stands between directives is never taken apart: its source lines pass through, so that tables,
 * maths and HTML stay as they were written.
 */
public final class LessonReader {
  private static final Parser PARSER =
      Parser.builder()
          .includeSourceSpans(IncludeSourceSpans.BLOCKS)
          .extensions(List.of(YamlFrontMatterExtension.create()))
          .customBlockParserFactory(ColonFence.factory())
          .customBlockParserFactory(CellBreakLine.factory())
          .build();
  private static final Pattern CODE_CELL = Pattern.compile("\\{([\\w-]+)}\\s*(.*)");
  private static final Pattern OPTION = Pattern.compile(":([\\w-]+):[ \\t]*(.*)");
  private static final Pattern CELL_ID = Pattern.compile("[A-Za-z0-9_-]{1,64}");
  private static final Pattern ITEM = Pattern.compile("[A-Za-z0-9_-]+");

  private final String file;
  private final List<String> lines;
  private final List<Problem> problems = new ArrayList<>();
  private final List<Block> blocks = new ArrayList<>();
  private final Set<String> ids = new TreeSet<>();

  private LessonReader(String file, List<String> lines) {
    this.file = file;
    this.lines = lines;
  }

  /**
   * Reads the source of a lesson.
   *
   * @param id of the lesson, e.g. ch1
   * @param file for error messages
   * @throws LessonException naming every fault with its line and remedy
   */
  public static Lesson read(String id, Language language, String file, String text) {
    String clean = text.startsWith("\uFEFF") ? text.substring(1) : text;
    return new LessonReader(file, clean.lines().toList()).lesson(id, language, clean);
  }

  private Lesson lesson(String id, Language language, String text) {
    Node document = PARSER.parse(text);
    YamlFrontMatterVisitor front = new YamlFrontMatterVisitor();
    document.accept(front);
    List<String> titles = front.getData().getOrDefault("title", List.of());
    if (titles.size() != 1) {
      fault(1, "the front matter needs one title; begin the file with ---, title: …, ---");
    }
    int prose = 0;
    for (Node node = document.getFirstChild(); node != null; node = node.getNext()) {
      if (isProse(node)) {
        continue;
      }
      List<SourceSpan> spans = node.getSourceSpans();
      addProse(prose, spans.getFirst().getLineIndex());
      prose = spans.getLast().getLineIndex() + 1;
      read(node, spans.getFirst().getLineIndex() + 1);
    }
    addProse(prose, lines.size());
    if (!problems.isEmpty()) {
      throw new LessonException(problems);
    }
    return new Lesson(id, language, titles.getFirst(), file, blocks);
  }

  private static boolean isProse(Node node) {
    return switch (node) {
      case YamlFrontMatterBlock front -> false;
      case ColonFence fence -> false;
      case CellBreakLine line -> false;
      case FencedCodeBlock code -> !CODE_CELL.matcher(info(code)).matches();
      default -> true;
    };
  }

  private static String info(FencedCodeBlock code) {
    String info = code.getInfo();
    return info == null ? "" : info.strip();
  }

  private void addProse(int from, int to) {
    int first = from;
    int last = to;
    while (first < last && lines.get(first).isBlank()) {
      first++;
    }
    while (last > first && lines.get(last - 1).isBlank()) {
      last--;
    }
    if (first < last) {
      blocks.add(new Block.Prose(first + 1, String.join("\n", lines.subList(first, last))));
    }
  }

  private void read(Node node, int line) {
    switch (node) {
      case ColonFence fence -> {
        if (!fence.closed()) {
          fault(line, ":::{" + fence.name() + "} is never closed; end it with a line of :::");
        }
        directive(fence, line);
      }
      case CellBreakLine cell -> cellBreak(cell, line);
      case FencedCodeBlock code -> code(code, line);
      default -> {} // front matter: read already
    }
  }

  private void code(FencedCodeBlock code, int line) {
    Matcher m = CODE_CELL.matcher(info(code));
    if (!m.matches() || !m.group(1).equals("code-cell")) {
      fault(line, "unknown directive ```" + info(code) + "; code is written ```{code-cell} java");
      return;
    }
    Body body = body(code.getLiteral().lines().toList(), line, Set.of("id", "tags"));
    Optional<Block.CodeLanguage> language = language(m.group(2).strip());
    if (language.isEmpty()) {
      fault(line, "a code cell is go or java, not \"" + m.group(2) + "\"");
      return;
    }
    blocks.add(new Block.Code(line, name(body, line), language.get(), body.text()));
  }

  private static Optional<Block.CodeLanguage> language(String word) {
    return switch (word) {
      case "go" -> Optional.of(Block.CodeLanguage.GO);
      case "java" -> Optional.of(Block.CodeLanguage.JAVA);
      default -> Optional.empty();
    };
  }

  private void directive(ColonFence fence, int line) {
    String argument = fence.argument();
    switch (fence.name()) {
      case "program" -> {
        Body body = body(fence.lines(), line, Set.of("id", "tags"));
        blocks.add(new Block.ProgramCell(line, name(body, line), one(argument, fence, line)));
      }
      case "listing" -> blocks.add(new Block.Listing(line, one(argument, fence, line)));
      case "predict", "fix" -> {
        Body body = body(fence.lines(), line, Set.of("id", "tags"));
        String item = one(argument, fence, line);
        body.options().putIfAbsent("id", item);
        blocks.add(new Block.Predict(line, name(body, line), item));
      }
      case "hint" -> blocks.add(new Block.Hint(line, String.join("\n", fence.lines()).strip()));
      case "ledger" -> {
        List<String> claims = argument.isEmpty() ? List.of() : List.of(argument.split("[ ,]+"));
        if (claims.isEmpty()) {
          fault(line, "name the claims: :::{ledger} C1-01 C1-02");
        }
        blocks.add(new Block.LedgerBox(line, claims));
      }
      case "glossary" -> {
        List<String> ids = argument.isEmpty() ? List.of() : List.of(argument.split("[ ,]+"));
        if (ids.isEmpty()) {
          fault(line, "name the words: :::{glossary} panic recover");
        }
        blocks.add(new Block.Terms(line, ids));
      }
      case "lookup" -> {
        if (!LookupText.GROUPS.contains(argument)) {
          fault(line, "name a group of the look-up table, one of " + LookupText.GROUPS);
        }
        blocks.add(new Block.Lookup(line, argument));
      }
      case "figure" -> figure(fence, line);
      default ->
          fault(
              line,
              "unknown directive :::{"
                  + fence.name()
                  + "}; known are program, listing, predict, fix, hint, ledger, glossary, lookup, figure");
    }
  }

  private void figure(ColonFence fence, int line) {
    Body body = body(fence.lines(), line, Set.of("kind", "exit"));
    Optional<Block.FigureKind> kind = kind(body.options().getOrDefault("kind", "lanes"));
    if (kind.isEmpty()) {
      fault(
          line,
          ":kind: is one of "
              + Stream.of(Block.FigureKind.values())
                  .map(k -> k.name().toLowerCase(Locale.ROOT))
                  .collect(Collectors.joining(", ")));
      return;
    }
    Optional<Integer> exit = Optional.empty();
    if (body.options().containsKey("exit")) {
      try {
        exit = Optional.of(Integer.parseInt(body.options().getOrDefault("exit", "")));
      } catch (NumberFormatException e) {
        fault(line, ":exit: is the exit status of the run to show, a number");
      }
    }
    blocks.add(new Block.Figure(line, kind.get(), one(fence.argument(), fence, line), exit));
  }

  private static Optional<Block.FigureKind> kind(String word) {
    for (Block.FigureKind k : Block.FigureKind.values()) {
      if (k.name().toLowerCase(Locale.ROOT).equals(word)) {
        return Optional.of(k);
      }
    }
    return Optional.empty();
  }

  private String one(String argument, ColonFence fence, int line) {
    if (!ITEM.matcher(argument).matches()) {
      fault(line, ":::{" + fence.name() + "} needs one id, such as :::{" + fence.name() + "} X-01");
    }
    return argument;
  }

  /** The options at the head of a directive, and what follows them. */
  private record Body(Map<String, String> options, String text) {}

  private Body body(List<String> content, int line, Set<String> known) {
    Map<String, String> options = new TreeMap<>();
    int i = 0;
    for (; i < content.size(); i++) {
      Matcher m = OPTION.matcher(content.get(i));
      if (!m.matches()) {
        break;
      }
      if (!known.contains(m.group(1))) {
        fault(
            line + 1 + i, "unknown option :" + m.group(1) + ":; known are " + new TreeSet<>(known));
      }
      if (options.put(m.group(1), m.group(2).strip()) != null) {
        fault(line + 1 + i, "option :" + m.group(1) + ": is given twice; keep one");
      }
    }
    return new Body(options, String.join("\n", content.subList(i, content.size())).strip());
  }

  private void cellBreak(CellBreakLine cell, int line) {
    JsonObject metadata = new JsonObject();
    try {
      JsonElement json = JsonParser.parseString(cell.metadata());
      if (json instanceof JsonObject o) {
        metadata = o;
      }
    } catch (JsonParseException e) {
      fault(line, "after +++ stands JSON: +++ {\"id\": \"ch1-cell\"}");
      return;
    }
    Map<String, String> options = new TreeMap<>();
    for (Map.Entry<String, JsonElement> e : metadata.entrySet()) {
      switch (e.getValue()) {
        case JsonPrimitive text when e.getKey().equals("id") && text.isString() ->
            options.put("id", text.getAsString());
        case JsonArray tags when e.getKey().equals("tags") -> options.put("tags", tags.toString());
        default -> fault(line, "after +++ only \"id\" (text) and \"tags\" (list) are known");
      }
    }
    blocks.add(new Block.CellBreak(line, name(new Body(options, ""), line)));
  }

  private Block.CellName name(Body body, int line) {
    String id = body.options().getOrDefault("id", "");
    if (!CELL_ID.matcher(id).matches()) {
      fault(line, "a cell needs an id of 1 to 64 letters, digits, - and _: " + example(line));
    } else if (!ids.add(id)) {
      fault(line, "another cell has the id " + id + "; rename one");
    }
    return new Block.CellName(id, tags(body.options().getOrDefault("tags", "")));
  }

  private String example(int line) {
    boolean isBreak = lines.get(line - 1).startsWith("+++");
    return isBreak ? "+++ {\"id\": \"ch1-cell\"}" : ":id: ch1-cell";
  }

  private static List<String> tags(String list) {
    String inner = list.replaceAll("[\\[\\]\"]", "").strip();
    return inner.isEmpty() ? List.of() : List.of(inner.split("\\s*,\\s*"));
  }

  private void fault(int line, String message) {
    problems.add(new Problem(file, line, message));
  }
}
