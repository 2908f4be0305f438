package paniclab.lessons;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Code;
import org.commonmark.node.SourceSpan;
import org.commonmark.node.Text;
import org.commonmark.parser.IncludeSourceSpans;
import org.commonmark.parser.Parser;

/**
 * MyST's role {@code {obs}} followed by a code span: a fact that was measured, set in where the
 * role stands. Roles of other names pass through.
 */
final class Roles {
  private static final String OBS = "{obs}";
  private static final Parser PARSER =
      Parser.builder().includeSourceSpans(IncludeSourceSpans.BLOCKS_AND_INLINES).build();

  private Roles() {}

  /** Answers a role. */
  interface Resolver {
    /**
     * The Markdown that stands for a role.
     *
     * @param line of the role in the text, from 0
     */
    String resolve(String expression, int line);
  }

  private record Found(int line, int from, int to, String expression) {}

  /** The text with every role answered. */
  static String expand(String markdown, Resolver resolver) {
    if (!markdown.contains(OBS)) {
      return markdown;
    }
    List<Found> found = new ArrayList<>();
    PARSER
        .parse(markdown)
        .accept(
            new AbstractVisitor() {
              @Override
              public void visit(Code code) {
                if (code.getPrevious() instanceof Text before
                    && before.getLiteral().endsWith(OBS)) {
                  SourceSpan span = code.getSourceSpans().getFirst();
                  found.add(
                      new Found(
                          span.getLineIndex(),
                          span.getColumnIndex() - OBS.length(),
                          span.getColumnIndex() + span.getLength(),
                          code.getLiteral()));
                }
              }
            });
    found.sort(Comparator.comparingInt(Found::line).thenComparing(Found::from).reversed());
    List<String> lines = new ArrayList<>(markdown.lines().toList());
    for (Found f : found) {
      String line = lines.get(f.line());
      lines.set(
          f.line(),
          line.substring(0, f.from())
              + resolver.resolve(f.expression(), f.line())
              + line.substring(f.to()));
    }
    return String.join("\n", lines);
  }
}
