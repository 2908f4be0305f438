package paniclab.diagrams;

import paniclab.model.stack.VariableHome;
import paniclab.model.stack.VariableHome.Question;

/** Stacks as Mermaid flow charts, with words on the arrows. */
final class StackMermaid {
  private StackMermaid() {}

  /** From size to size; what a bar shows in the picture stands in words here. */
  static String depth(StackDepth d, Words w) {
    StringBuilder b = new StringBuilder("flowchart LR\n");
    int n = d.levels().size();
    for (int i = 0; i < n; i++) {
      StackDepth.Level l = d.levels().get(i);
      node(b, "s" + i, Words.bytes(l.size()));
      if (i + 1 < n) {
        b.append(
            "  s%d -- \"%s\" --> s%d\n"
                .formatted(i, Mermaid.escape(StackLayouts.count(l.depth())), i + 1));
      }
    }
    if (d.overflow()) {
      node(b, "over", w.get("stack.overflow", Words.bytes(2 * d.levels().getLast().size())));
      b.append("  s%d --> over\n".formatted(n - 1));
      b.append(
          "  style over fill:%s,stroke:%s,color:#000000\n"
              .formatted(Scene.Look.PANIC.fill, Scene.Look.PANIC.stroke));
    }
    return b.toString();
  }

  /** The questions and homes; the way of the variable is drawn thick. */
  static String variable(VariableFlow d, Words w) {
    StringBuilder b = new StringBuilder("flowchart TB\n");
    for (Question q : Question.values()) {
      node(b, "q" + q.ordinal(), StackLayouts.question(q, d.decision().kind(), w));
    }
    for (VariableHome h : VariableHome.values()) {
      node(b, "h" + h.ordinal(), String.join("  ", StackLayouts.home(h, w)));
    }
    Arrows a = new Arrows(b, d, w);
    a.to(Question.ESCAPES, true, "h" + VariableHome.HEAP.ordinal());
    a.to(Question.ESCAPES, false, "q" + Question.PARAMETER.ordinal());
    a.to(Question.PARAMETER, false, "q" + Question.OVER_LIMIT.ordinal());
    a.to(Question.PARAMETER, true, "q" + Question.FRAME_OVER_1_GB.ordinal());
    a.to(Question.OVER_LIMIT, true, "h" + VariableHome.HEAP.ordinal());
    a.to(Question.OVER_LIMIT, false, "h" + VariableHome.STACK.ordinal());
    a.to(Question.FRAME_OVER_1_GB, false, "h" + VariableHome.STACK.ordinal());
    a.to(Question.FRAME_OVER_1_GB, true, "h" + VariableHome.REJECTED.ordinal());
    return b.toString();
  }

  private record Arrows(StringBuilder b, VariableFlow d, Words w) {
    void to(Question q, boolean yes, String target) {
      String word = Mermaid.escape(w.get(yes ? "variable.yes" : "variable.no"));
      String arrow = d.answered(q, yes) ? "==>" : "-.->";
      b.append("  q%d %s|\"%s\"| %s\n".formatted(q.ordinal(), arrow, word, target));
    }
  }

  private static void node(StringBuilder b, String id, String text) {
    b.append("  %s[\"%s\"]\n".formatted(id, Mermaid.escape(text)));
  }
}
