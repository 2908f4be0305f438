package paniclab.lessons;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import paniclab.programs.Corpus;
import paniclab.programs.GoProgram;

class WeaverTest {
  private static final String PROGRAM =
      """
      title: Sends to nobody
      -- main.go --
      package main

      func main() {
      	println(`a`, "<b>", "协程")
      }
      -- observed --
      go1.26.8 linux/amd64
      single 3x exit 2
      stderr
      |panic: `x`
      single 397x exit 0
      stdout
      |one
      |two
      """;
  private static final Corpus CORPUS = Corpus.of(List.of(GoProgram.parse("P-1", PROGRAM)));
  private static final Items ITEMS =
      (id, language) ->
          id.equals("item-1")
              ? Optional.of(new Items.Item("Does it die?", "%%predict item-1\noutcome:\nexit:\n"))
              : Optional.empty();
  private static final Flows FLOWS =
      (kind, program, exit, language) ->
          "sequenceDiagram\n  %% " + kind + " " + program.id() + " " + exit;
  private static final Weaver WEAVER = new Weaver(CORPUS, Ledger.builtIn(), ITEMS, FLOWS);

  private static final String LESSON =
      """
      ---
      title: A small one
      ---
      # Heading

      | a | b |
      |---|---|
      | {obs}`P-1 runs exit=0` of {obs}`P-1 runs` | $x_1$ |

      :::{listing} P-1
      :::

      :::{predict} item-1
      :::

      :::{program} P-1
      :id: run-1
      :tags: [raises-exception]
      :::

      :::{figure} P-1
      :kind: lanes
      :exit: 2
      :::

      +++ {"id": "more"}

      It printed {obs}`P-1 stdout 2 exit=0` and {obs}`P-1 stderr exit=2`.

      :::{hint}
      Look at **it**.
      :::

      ```{code-cell} java
      :id: hood-1

      int x = 1;
      x
      ```
      """;

  private static Lesson read(String text) {
    return LessonReader.read("t", Language.EN, "t/en.md", text);
  }

  private static JsonArray cells(String lesson) {
    return JsonParser.parseString(WEAVER.weave(read(lesson)).toJson())
        .getAsJsonObject()
        .getAsJsonArray("cells");
  }

  private static String source(JsonObject cell) {
    StringBuilder b = new StringBuilder();
    cell.getAsJsonArray("source").forEach(l -> b.append(l.getAsString()));
    return b.toString();
  }

  @Test
  void aLessonBecomesCellsInItsOrder() {
    JsonArray cells = cells(LESSON);
    List<String> ids =
        cells.asList().stream().map(c -> c.getAsJsonObject().get("id").getAsString()).toList();
    assertEquals(List.of("t-top", "item-1", "run-1", "run-1-after", "more", "hood-1"), ids);
    String text = source(cells.get(0).getAsJsonObject());
    assertTrue(text.contains("| 397 of 400 | $x_1$ |"), text);
    assertTrue(text.contains("```go\npackage main\n"), text);
    assertTrue(text.endsWith("Does it die?"), text);
    assertEquals("%%predict item-1\noutcome:\nexit:", source(cells.get(1).getAsJsonObject()));
    assertEquals(
        "%%go\npackage main\n\nfunc main() {\n\tprintln(`a`, \"<b>\", \"协程\")\n}",
        source(cells.get(2).getAsJsonObject()));
    assertTrue(cells.get(2).toString().contains("\"tags\":[\"raises-exception\"]"));
    assertTrue(source(cells.get(3).getAsJsonObject()).contains("LANES P-1 Optional[2]"));
    assertEquals(
        "It printed `two` and `` panic: `x` ``.",
        source(cells.get(4).getAsJsonObject()).lines().findFirst().orElse(""));
    assertEquals("int x = 1;\nx", source(cells.get(5).getAsJsonObject()));
  }

  @Test
  void theSameLessonGivesTheSameBytes() {
    assertEquals(WEAVER.weave(read(LESSON)).toJson(), WEAVER.weave(read(LESSON)).toJson());
    assertEquals(
        WEAVER.weave(read(LESSON)).toJson(),
        WEAVER.weave(read("\uFEFF" + LESSON.replace("\n", "\r\n"))).toJson());
  }

  @Test
  void everyFaultIsNamedWithItsLine() {
    String text =
        """
        ---
        title: Broken
        ---
        :::{ledger} C9-99
        :::
        {obs}`P-1 exit` and
        {obs}`P-2 exit`
        :::{program} P-3
        :id: run
        :::
        :::{predict} nothing
        :::
        """;
    LessonException e = assertThrows(LessonException.class, () -> WEAVER.weave(read(text)));
    assertEquals(
        List.of(
            "t/en.md:4: there is no claim C9-99 in the ledger",
            "t/en.md:6: {obs}`P-1 exit`: the runs differ in \"P-1 exit\": [0, 2];"
                + " add exit=N: 3x 2, 397x 0",
            "t/en.md:7: {obs}`P-2 exit`: there is no program P-2 in the corpus",
            "t/en.md:8: there is no program P-3 in the corpus",
            "t/en.md:11: there is no prediction item nothing"),
        e.problems().stream().map(Object::toString).toList());
  }

  @Test
  void aBrokenSourceIsNamedWithItsLine() {
    String text =
        """
        # No front matter
        :::{nothing} x
        :::
        ```{code-cell} ruby
        :id: a
        ```
        ```{code-cell} java
        :id: not an id
        ```
        +++ {"id": 3}
        :::{figure} P-1
        :kind: cake
        :::
        :::{program} P-1
        :id: twice
        :wrong: 1
        :::
        :::{program} P-1
        :id: twice
        :::
        :::{hint}
        never closed
        """;
    LessonException e = assertThrows(LessonException.class, () -> read(text));
    List<Integer> lines = e.problems().stream().map(LessonException.Problem::line).toList();
    assertEquals(List.of(1, 2, 4, 7, 10, 10, 11, 16, 18, 21), lines, e.problems().toString());
    assertFalse(e.problems().toString().contains("null"), e.problems().toString());
  }
}
