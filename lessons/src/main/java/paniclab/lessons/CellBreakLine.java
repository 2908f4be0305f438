package paniclab.lessons;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.commonmark.node.Block;
import org.commonmark.node.CustomBlock;
import org.commonmark.parser.block.AbstractBlockParser;
import org.commonmark.parser.block.BlockContinue;
import org.commonmark.parser.block.BlockParserFactory;
import org.commonmark.parser.block.BlockStart;
import org.commonmark.parser.block.ParserState;

/** MyST's cell break: {@code +++}, and after it the cell's metadata as JSON. */
final class CellBreakLine extends CustomBlock {
  private static final Pattern LINE = Pattern.compile("\\+\\+\\+(?:[ \\t]+(.*))?");

  private final String metadata;

  private CellBreakLine(String metadata) {
    this.metadata = metadata;
  }

  /** The JSON text, or nothing. */
  String metadata() {
    return metadata;
  }

  /** Lets a parser know the break. */
  static BlockParserFactory factory() {
    return (state, matched) -> {
      String line = state.getLine().getContent().toString();
      Matcher m = LINE.matcher(line);
      if (state.getIndex() > 0 || !m.matches()) {
        return BlockStart.none();
      }
      String json = m.group(1) == null ? "" : m.group(1).strip();
      return BlockStart.of(new Reader(new CellBreakLine(json))).atIndex(line.length());
    };
  }

  private static final class Reader extends AbstractBlockParser {
    private final CellBreakLine line;

    Reader(CellBreakLine line) {
      this.line = line;
    }

    @Override
    public Block getBlock() {
      return line;
    }

    @Override
    public BlockContinue tryContinue(ParserState state) {
      return BlockContinue.none();
    }
  }
}
