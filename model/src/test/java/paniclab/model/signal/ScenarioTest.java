package paniclab.model.signal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class ScenarioTest {
  private static final String TEXT =
      """
      SIGUSR1 after stdout "ready"
      SIGTERM after stderr "say \\"hi\\"\\n" and 200ms
      SIGKILL after 1500ms
      SIGINT after 2s
      SIGQUIT after stdout "a; b" from terminal
      close stdout after stdout "y\\n"
      """;

  @Test
  void whatIsReadIsWrittenAgain() {
    assertEquals(TEXT, Scenario.parse(TEXT).format());
    assertEquals(TEXT, Scenario.parse("# none\n\n" + TEXT).format());
    assertEquals(Scenario.parse(TEXT), Scenario.parseOneLine(TEXT.strip().replace("\n", "; ")));
  }

  @Test
  void aLineOfALongSignalName() {
    Scenario s = Scenario.parse("signal 35 after 1s");
    assertEquals("signal 35 after 1s\n", s.format());
    assertTrue(Scenario.parse("").isEmpty());
  }

  @Test
  void aWrongLineIsNamedWithARemedy() {
    for (String wrong :
        new String[] {
          "SIGFOO after 1s",
          "SIGTERM",
          "SIGTERM after",
          "SIGTERM after stdin \"x\"",
          "SIGTERM after stdout \"\"",
          "SIGTERM after stdout \"\\q\"",
          "SIGTERM after 2h",
          "SIGTERM after 7200s",
          "SIGTERM after 1s from terminal",
          "close stdin after 1s",
        }) {
      String message =
          assertThrows(
                  IllegalArgumentException.class, () -> Scenario.parse("SIGINT after 1s\n" + wrong))
              .getMessage();
      assertTrue(String.valueOf(message).startsWith("line 2: "), wrong + " gives " + message);
    }
  }
}
