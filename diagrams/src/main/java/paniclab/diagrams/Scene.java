package paniclab.diagrams;

import java.util.List;

/**
 * A picture in boxes and lines with their places, before any notation. Lengths are in points; x
 * grows to the right and y downwards.
 *
 * @param boxes in drawing order, the lower ones first
 */
record Scene(String title, List<Box> boxes, List<Line> lines) {
  Scene {
    boxes = List.copyOf(boxes);
    lines = List.copyOf(lines);
  }

  /**
   * How a box or a line looks: the colours of Okabe and Ito, told apart by border and sign as well.
   */
  enum Look {
    TITLE("", "none", "none", "bold"),
    NOTE("", "none", "none", ""),
    /** What stands on a line, on the colour of the card. */
    LABEL("", "none", "#ffffff", ""),
    PANEL("", "#d0d0d0", "#f7f7f7", ""),
    HEAD("", "#000000", "#e6e6e6", "bold"),
    PLAIN("", "#7f7f7f", "#ffffff", ""),
    SPAWN("+", "#000000", "#ffffff", ""),
    WAIT("‖", "#b87700", "#fdf1d6", "dashed"),
    WAKE("▷", "#009e73", "#ffffff", ""),
    VALUE("⇄", "#0072b2", "#e3f1fa", ""),
    CLOSE("⊘", "#0072b2", "#ffffff", "bold"),
    GROW("⤢", "#56b4e9", "#ffffff", ""),
    SYNC("◇", "#8c4f72", "#f9eef4", ""),
    SIGNAL("⚡", "#56b4e9", "#e3f2fb", "bold"),
    DEFER("▽", "#7f7f7f", "#fbf8c9", ""),
    RAN("▼", "#7f7f7f", "#f0e442", ""),
    PANIC("✗", "#d55e00", "#fbe3d3", "bold"),
    RECOVER("✓", "#009e73", "#d6f1e8", "bold"),
    VAIN("∅", "#d55e00", "#ffffff", "dotted"),
    CANNOT("✗", "#d55e00", "#ffffff", "dashed"),
    /** A bend of an arrow. */
    BEND("", "none", "none", "invis"),
    PRINT("»", "#bfbfbf", "#ffffff", ""),
    OVER("■", "#000000", "#ffffff", "");

    final String sign;
    final String stroke;
    final String fill;
    final String style;

    Look(String sign, String stroke, String fill, String style) {
      this.sign = sign;
      this.stroke = stroke;
      this.fill = fill;
      this.style = style;
    }
  }

  /**
   * A box.
   *
   * @param id letters and digits, unique in the scene
   * @param x of its middle
   * @param y of its middle
   * @param lines of text, cleaned
   */
  record Box(String id, double x, double y, double w, double h, List<String> lines, Look look) {
    Box {
      lines = List.copyOf(lines);
    }
  }

  /** How a line runs. */
  enum Stroke {
    /** A goroutine's life. */
    LIFE,
    /** A goroutine's wait. */
    PARKED,
    /** Before a goroutine exists. */
    BEFORE,
    /** A part of an arrow before its last. */
    SHAFT,
    ARROW,
    /** An arrow on the way that was taken. */
    TAKEN,
    /** What cannot be. */
    BARRED
  }

  /** Where a line meets a box. */
  enum Side {
    NEAREST,
    LEFT,
    RIGHT
  }

  /** A line between two boxes, with an arrow head where its stroke has one. */
  record Line(String from, Side out, String to, Side in, Look look, Stroke stroke) {}
}
