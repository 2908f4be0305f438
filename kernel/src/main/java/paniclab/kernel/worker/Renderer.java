package paniclab.kernel.worker;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import paniclab.kernel.link.Display;
import paniclab.kernel.link.Thrown;
import paniclab.kernel.link.Traces;

/** How values are shown: a registry, the latest entry for the most special class first. */
public final class Renderer {
  /** The most rows of a table and elements of a list that are shown. */
  public static final int MOST_ROWS = 100;

  /** The most characters of plain text that are shown. */
  public static final int MOST_TEXT = 100_000;

  private static final Renderer SHARED = new Renderer();

  private record Entry<T>(Class<T> type, Function<? super T, Display> how) {
    Optional<Display> apply(Object value) {
      return type.isInstance(value) ? Optional.of(how.apply(type.cast(value))) : Optional.empty();
    }
  }

  private final List<Entry<?>> entries = new CopyOnWriteArrayList<>();
  private volatile boolean knowsModel;

  /** With nothing registered: text, and tables for records, maps and lists of records. */
  public Renderer() {}

  /** That of the worker. */
  static Renderer shared() {
    return SHARED;
  }

  /** Says how values of a class are shown; a later entry goes before an earlier one. */
  public <T> void register(Class<T> type, Function<? super T, Display> how) {
    entries.addFirst(new Entry<>(type, how));
  }

  /** What to show for a value. */
  public Display render(@Nullable Object value) {
    if (value == null) {
      return Display.text("null");
    }
    if (!knowsModel && value.getClass().getName().startsWith("paniclab.")) {
      knowsModel = true;
      ModelRenderers.register(this);
    }
    for (Entry<?> e : entries) {
      Optional<Display> shown = e.apply(value);
      if (shown.isPresent()) {
        return shown.get();
      }
    }
    return switch (value) {
      case Display d -> d;
      case Throwable t ->
          Display.text(String.join("\n", Traces.lines(Thrown.of(t), Traces.INSIDE_WORKER)));
      case Record r -> Display.text(text(r)).and(Display.HTML, record(r));
      case Map<?, ?> m when !m.isEmpty() -> Display.text(text(m)).and(Display.HTML, map(m));
      case Collection<?> c when columns(c).isPresent() ->
          Display.text(text(c)).and(Display.HTML, rows(c, columns(c).get()));
      default -> Display.text(text(value));
    };
  }

  /** A value in a line of text. */
  static String text(@Nullable Object value) {
    String s =
        switch (value) {
          case null -> "null";
          case Object[] a -> Arrays.deepToString(a);
          case int[] a -> Arrays.toString(a);
          case long[] a -> Arrays.toString(a);
          case double[] a -> Arrays.toString(a);
          case float[] a -> Arrays.toString(a);
          case byte[] a -> Arrays.toString(a);
          case short[] a -> Arrays.toString(a);
          case char[] a -> Arrays.toString(a);
          case boolean[] a -> Arrays.toString(a);
          default -> String.valueOf(value.toString());
        };
    return s.length() <= MOST_TEXT
        ? s
        : s.substring(0, MOST_TEXT) + "… (" + (s.length() - MOST_TEXT) + " more characters)";
  }

  private static String record(Record r) {
    StringBuilder b = new StringBuilder("<table><tbody>");
    for (RecordComponent c : r.getClass().getRecordComponents()) {
      b.append("<tr><th style=\"text-align:left\">").append(escape(c.getName())).append("</th>");
      cell(b, component(r, c));
      b.append("</tr>");
    }
    return b.append("</tbody></table>").toString();
  }

  private static @Nullable Object component(Object r, RecordComponent c) {
    try {
      c.getAccessor().setAccessible(true);
      return c.getAccessor().invoke(r);
    } catch (ReflectiveOperationException | RuntimeException e) {
      return "(cannot be read: " + e.getClass().getSimpleName() + ")";
    }
  }

  private static String map(Map<?, ?> m) {
    StringBuilder b = new StringBuilder("<table><tbody>");
    int n = 0;
    for (Map.Entry<?, ?> e : m.entrySet()) {
      if (n++ == MOST_ROWS) {
        b.append("<tr><td colspan=\"2\">… ").append(m.size() - MOST_ROWS).append("</td></tr>");
        break;
      }
      b.append("<tr>");
      cell(b, e.getKey());
      cell(b, e.getValue());
      b.append("</tr>");
    }
    return b.append("</tbody></table>").toString();
  }

  /** The columns of a collection whose elements are records of one class. */
  private static Optional<RecordComponent[]> columns(Collection<?> c) {
    Class<?> common = null;
    int n = 0;
    for (Object o : c) {
      if (o == null || !o.getClass().isRecord() || (common != null && o.getClass() != common)) {
        return Optional.empty();
      }
      common = o.getClass();
      if (++n >= MOST_ROWS) {
        break;
      }
    }
    return Optional.ofNullable(common).map(Class::getRecordComponents);
  }

  private static String rows(Collection<?> c, RecordComponent[] columns) {
    StringBuilder b = new StringBuilder("<table><thead><tr>");
    for (RecordComponent column : columns) {
      b.append("<th>").append(escape(column.getName())).append("</th>");
    }
    b.append("</tr></thead><tbody>");
    List<?> shown = new ArrayList<>(c).subList(0, Math.min(MOST_ROWS, c.size()));
    for (Object row : shown) {
      b.append("<tr>");
      for (RecordComponent column : columns) {
        cell(b, component(row, column));
      }
      b.append("</tr>");
    }
    if (c.size() > MOST_ROWS) {
      b.append("<tr><td colspan=\"").append(columns.length).append("\">… ");
      b.append(c.size() - MOST_ROWS).append("</td></tr>");
    }
    return b.append("</tbody></table>").toString();
  }

  private static void cell(StringBuilder b, @Nullable Object value) {
    String s = text(value);
    b.append("<td style=\"text-align:left\">")
        .append(escape(s.length() > 1000 ? s.substring(0, 1000) + "…" : s))
        .append("</td>");
  }

  /** Text as it is written in HTML. */
  public static String escape(String s) {
    return s.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
