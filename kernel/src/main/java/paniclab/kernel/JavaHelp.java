package paniclab.kernel;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jdk.jshell.JShell;
import jdk.jshell.SourceCodeAnalysis;
import jdk.jshell.SourceCodeAnalysis.CompletionInfo;
import jdk.jshell.SourceCodeAnalysis.Documentation;
import jdk.jshell.SourceCodeAnalysis.Suggestion;
import jdk.jshell.VarSnippet;
import paniclab.kernel.link.Display;

/** Completion, inspection and is_complete of Java cells: what JShell's compiler knows. */
final class JavaHelp {
  /** Signatures are looked up for so many items at most: each costs a parse. */
  private static final int MOST_SIGNATURES = 20;

  private final JShell shell;
  private final SourceCodeAnalysis analysis;

  JavaHelp(JavaCells cells) {
    shell = cells.shell();
    analysis = cells.analysis();
  }

  Completeness isComplete(String code) {
    String rest = code;
    while (!rest.isBlank()) {
      CompletionInfo info = analysis.analyzeCompletion(rest);
      switch (info.completeness()) {
        case COMPLETE, COMPLETE_WITH_SEMI -> rest = info.remaining();
        case CONSIDERED_INCOMPLETE, DEFINITELY_INCOMPLETE -> {
          return Completeness.INCOMPLETE;
        }
        case EMPTY -> {
          return Completeness.COMPLETE;
        }
        case UNKNOWN -> {
          return Completeness.INVALID;
        }
      }
    }
    return Completeness.COMPLETE;
  }

  /** Where the snippet that holds the cursor begins. */
  private int snippetStart(String upToCursor) {
    int start = 0;
    while (true) {
      String rest = upToCursor.substring(start);
      CompletionInfo info = analysis.analyzeCompletion(rest);
      boolean whole = info.completeness().isComplete() && !info.remaining().isBlank();
      if (!whole) {
        return start;
      }
      start = upToCursor.length() - info.remaining().length();
    }
  }

  Completion complete(String code, int cursor) {
    String text = code.substring(0, cursor);
    int start = snippetStart(text);
    Completion direct = suggest(text.substring(start), start, 0);
    if (!direct.items().isEmpty() || start == 0) {
      return direct;
    }
    // Names declared earlier in the same cell are known inside one block.
    return suggest("{" + text, 0, 1);
  }

  private Completion suggest(String input, int shift, int extra) {
    int[] anchor = {-1};
    List<Suggestion> found = analysis.completionSuggestions(input, input.length(), anchor);
    if (found.isEmpty() || anchor[0] < 0) {
      return Completion.none(shift + input.length() - extra);
    }
    Map<String, Boolean> texts = new LinkedHashMap<>();
    found.stream()
        .sorted(Comparator.comparing((Suggestion s) -> !s.matchesType()))
        .forEach(s -> texts.merge(s.continuation(), s.matchesType(), Boolean::logicalOr));
    String before = input.substring(0, anchor[0]);
    List<Completion.Item> items = new ArrayList<>();
    for (String t : texts.keySet()) {
      boolean method = t.endsWith("(") || t.endsWith("()");
      String signature = method && items.size() < MOST_SIGNATURES ? signature(before + t) : "";
      items.add(new Completion.Item(t, method ? "function" : kind(t), signature));
    }
    int end = shift + input.length() - extra;
    return new Completion(shift + anchor[0] - extra, end, items);
  }

  private String signature(String call) {
    String open = call.endsWith("()") ? call.substring(0, call.length() - 1) : call;
    List<Documentation> docs = analysis.documentation(open, open.length(), false);
    return docs.stream()
        .map(Documentation::signature)
        .limit(3)
        .reduce((a, b) -> a + " | " + b)
        .orElse("");
  }

  private static String kind(String t) {
    boolean upper = !t.isEmpty() && Character.isUpperCase(t.charAt(0));
    if (javax.lang.model.SourceVersion.isKeyword(t)) {
      return "keyword";
    }
    return upper ? "class" : "variable";
  }

  /** What is known of the name at the cursor: signatures, Javadoc, a variable's type and value. */
  Optional<Display> inspect(String code, int cursor, boolean detail) {
    int end = cursor;
    while (end < code.length() && Character.isJavaIdentifierPart(code.charAt(end))) {
      end++;
    }
    String text = code.substring(0, end);
    int start = snippetStart(text);
    String input = text.substring(start);
    Optional<Display> variable = variable(lastName(input));
    if (variable.isPresent()) {
      return variable;
    }
    List<Documentation> docs = analysis.documentation(input + "(", input.length() + 1, true);
    if (docs.isEmpty() || !endsWithName(input)) {
      docs = analysis.documentation(input, input.length(), true);
    }
    if (docs.isEmpty()) {
      docs = analysis.documentation("{" + text, text.length() + 1, true);
    }
    if (!docs.isEmpty()) {
      return Optional.of(page(docs, detail));
    }
    String type = analysis.analyzeType(input, input.length());
    return Optional.ofNullable(type).map(t -> Display.text(lastName(input) + ": " + t));
  }

  private static boolean endsWithName(String s) {
    return !s.isEmpty() && Character.isJavaIdentifierPart(s.charAt(s.length() - 1));
  }

  private static String lastName(String s) {
    int i = s.length();
    while (i > 0 && Character.isJavaIdentifierPart(s.charAt(i - 1))) {
      i--;
    }
    return s.substring(0, i).stripTrailing().endsWith(".") ? "" : s.substring(i);
  }

  private Optional<Display> variable(String name) {
    return shell
        .variables()
        .filter(v -> v.name().equals(name) && shell.status(v).isActive())
        .reduce((a, b) -> b)
        .map(v -> Display.text(v.typeName() + " " + v.name() + " = " + value(v)));
  }

  private String value(VarSnippet v) {
    try {
      return shell.varValue(v);
    } catch (IllegalStateException | IllegalArgumentException e) {
      return "?";
    }
  }

  private static Display page(List<Documentation> docs, boolean detail) {
    StringBuilder b = new StringBuilder();
    for (Documentation d : docs) {
      b.append(b.isEmpty() ? "" : "\n\n").append(d.signature());
      String doc = d.javadoc();
      if (doc != null && !doc.isBlank()) {
        String plain = doc.replaceAll("(?s)<[^>]*>", "").replaceAll("\\{@\\w+\\s+([^}]*)}", "$1");
        b.append("\n\n").append(detail ? plain.strip() : firstParagraphs(plain));
      }
    }
    return Display.text(b.toString());
  }

  private static String firstParagraphs(String doc) {
    String s = doc.strip();
    int cut = s.indexOf("\n@");
    s = cut > 0 ? s.substring(0, cut) : s;
    return s.length() <= 1_000 ? s : s.substring(0, 1_000) + "…";
  }
}
