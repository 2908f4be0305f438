package paniclab.lessons;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.commonmark.node.Block;
import org.commonmark.node.CustomBlock;
import org.commonmark.parser.SourceLine;
import org.commonmark.parser.block.AbstractBlockParser;
import org.commonmark.parser.block.BlockContinue;
import org.commonmark.parser.block.BlockParserFactory;
import org.commonmark.parser.block.BlockStart;
import org.commonmark.parser.block.MatchedBlockParser;
import org.commonmark.parser.block.ParserState;

/** MyST's directive in colons: {@code :::{name} argument}, lines, {@code :::}. */
final class ColonFence extends CustomBlock {
  private static final Pattern OPEN = Pattern.compile("(:{3,})\\{([A-Za-z][\\w-]*)}[ \\t]*(.*)");
  private static final Pattern CLOSE = Pattern.compile("(:{3,})[ \\t]*");

  private final String name;
  private final String argument;
  private final List<String> lines = new ArrayList<>();
  private boolean closed;

  private ColonFence(String name, String argument) {
    this.name = name;
    this.argument = argument;
  }

  /** The directive, e.g. predict. */
  String name() {
    return name;
  }

  /** What follows the name on its line. */
  String argument() {
    return argument;
  }

  /** The lines between the fences. */
  List<String> lines() {
    return lines;
  }

  /** Whether the closing fence was met. */
  boolean closed() {
    return closed;
  }

  /** Lets a parser know the directive. */
  static BlockParserFactory factory() {
    return ColonFence::tryStart;
  }

  private static BlockStart tryStart(ParserState state, MatchedBlockParser matched) {
    Matcher open = OPEN.matcher(rest(state));
    if (state.getIndent() > 0 || !open.matches()) {
      return BlockStart.none();
    }
    ColonFence fence = new ColonFence(open.group(2), open.group(3).strip());
    return BlockStart.of(new Reader(fence, open.group(1).length()))
        .atIndex(state.getLine().getContent().length());
  }

  private static String rest(ParserState state) {
    CharSequence line = state.getLine().getContent();
    return line.subSequence(state.getIndex(), line.length()).toString();
  }

  private static final class Reader extends AbstractBlockParser {
    private final ColonFence fence;
    private final int colons;
    private boolean first = true;

    Reader(ColonFence fence, int colons) {
      this.fence = fence;
      this.colons = colons;
    }

    @Override
    public Block getBlock() {
      return fence;
    }

    @Override
    public BlockContinue tryContinue(ParserState state) {
      Matcher close = CLOSE.matcher(rest(state));
      if (close.matches() && close.group(1).length() >= colons) {
        fence.closed = true;
        return BlockContinue.finished();
      }
      return BlockContinue.atIndex(state.getIndex());
    }

    @Override
    public void addLine(SourceLine line) {
      if (first) {
        first = false; // what is left of the opening line: nothing
      } else {
        fence.lines.add(line.getContent().toString());
      }
    }
  }
}
