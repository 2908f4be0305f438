package paniclab.diagrams;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import paniclab.model.program.SourceFile;
import paniclab.model.trace.Event;
import paniclab.model.trace.Trace;

/** The HTML of the stepper; that it works in a browser is tested with the notebook. */
class StepperTest {
  private static final List<SourceFile> SOURCES =
      List.of(new SourceFile("main.go", "package main\n\tx := \"</script><!-- \u2028&\"\n"));

  private static Figure figure(Trace t) {
    return Figure.of(Lanes.of(t), Locale.ENGLISH, Svg.none());
  }

  private static String html(Trace t, Locale l) {
    return Stepper.html(t, SOURCES, figure(t), l);
  }

  /** What the script is given. */
  private static JsonObject data(String html) {
    int start = html.indexOf("paniclabStepper(root,{") + "paniclabStepper(root,".length();
    return JsonParser.parseString(html.substring(start, html.lastIndexOf(");})();</script>")))
        .getAsJsonObject();
  }

  @Test
  void nothingOfALearnersEndsTheScript() {
    String html = html(Samples.hostile(), Locale.ENGLISH);
    String script = html.substring(html.indexOf("<script>") + "<script>".length());
    assertEquals(script.lastIndexOf("</script"), script.indexOf("</script"));
    assertFalse(script.contains("<!--"), script);
    assertFalse(script.contains("\u2028"), script);
    JsonObject d = data(html);
    String line =
        d.getAsJsonArray("f").get(0).getAsJsonObject().getAsJsonArray("t").get(1).getAsString();
    assertEquals("    x := \"</script><!-- \\u2028&\"", line);
    assertEquals(
        "main.</script>\\u202e`{}|#;",
        d.getAsJsonArray("g").get(1).getAsJsonObject().get("f").getAsString());
  }

  @Test
  void aWaitingGoroutineSaysWhy() {
    JsonArray steps = data(html(Samples.leak(), Locale.SIMPLIFIED_CHINESE)).getAsJsonArray("e");
    JsonArray changes = steps.get(2).getAsJsonObject().getAsJsonArray("st");
    JsonObject wait = changes.get(changes.size() - 1).getAsJsonObject();
    assertEquals("wait", wait.get("k").getAsString());
    assertEquals("等待：chan receive results", wait.get("t").getAsString());
    assertTrue(wait.get("y").getAsString().contains("（main.go:16）"), wait.toString());
  }

  @Test
  void everyEventButSchedulingIsAStep() {
    Trace t = Samples.leak();
    long want = t.events().stream().filter(e -> !(e instanceof Event.Scheduled)).count();
    assertEquals(want, data(html(t, Locale.ENGLISH)).getAsJsonArray("e").size());
  }

  @Test
  void theFigureIsThereWithoutTheScript() {
    String html = html(Samples.leak(), Locale.ENGLISH);
    String before = html.substring(0, html.indexOf("<style>"));
    assertTrue(before.contains(figure(Samples.leak()).html()), before);
    assertFalse(html.contains(" id="), "an id would not be unique in a notebook");
    assertFalse(html.contains("http://") && !html.contains("http://www.w3.org/2000/svg"), html);
  }

  @Test
  void anEmptyRunIsItsFigure() {
    Trace none = new Trace(List.of(), 0);
    assertEquals(figure(none).html(), html(none, Locale.ENGLISH));
  }

  @Test
  void aLongRunIsCutAndSaysSo() {
    TraceBuilder b = new TraceBuilder();
    for (int i = 0; i < Stepper.MAX_STEPS + 7; i++) {
      b.at(1, 2, a -> new Event.Printed(a, 1, "x"));
    }
    String html = html(b.build(), Locale.ENGLISH);
    assertEquals(Stepper.MAX_STEPS, data(html).getAsJsonArray("e").size());
    assertTrue(html.contains("Only the first 500 of 507 events"), html);
  }
}
