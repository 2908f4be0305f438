package paniclab.programs;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import paniclab.model.program.GoString;

class ReadingTest {
  @Test
  void everyRunOfBytesSurvivesBeingWrittenAsLines() {
    Random random = new Random(1);
    for (int n = 0; n < 2000; n++) {
      byte[] bytes = new byte[random.nextInt(12)];
      for (int i = 0; i < bytes.length; i++) {
        bytes[i] = "\n\\x|é\t\r\0中".getBytes(StandardCharsets.UTF_8)[random.nextInt(12)];
      }
      assertArrayEquals(bytes, Output.bytes(Output.lines(GoString.wrap(bytes))).toBytes());
    }
  }

  @Test
  void aMissingNewlineAndBadBytesAreVisible() {
    assertEquals(
        List.of("|a\\\\b", "|", "|\\xff\\"),
        Output.lines(GoString.wrap(new byte[] {'a', '\\', 'b', '\n', '\n', (byte) 0xff})));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "colour: red                | p.txtar:1: unknown header \"colour\"",
        "runs: many                 | p.txtar:1: runs: \"many\" is no number",
        "runs: 0                    | p.txtar:1: runs: must be more than 0",
        "tracebacks: loud           | p.txtar:1: tracebacks: \"loud\"",
        "some prose                 | p.txtar:1: unknown header \"some prose\"",
      })
  void aBrokenHeaderIsNamed(String header, String message) {
    BadProgramException e =
        assertThrows(
            BadProgramException.class,
            () -> GoProgram.parse("p", header + "\n-- main.go --\npackage main\n"));
    assertEquals(message, String.valueOf(e.getMessage()).substring(0, message.length()));
  }

  @Test
  void anArchiveWithoutGoIsNoProgram() {
    assertThrows(BadProgramException.class, () -> GoProgram.parse("p", "package main\n"));
  }

  @Test
  void aBrokenObservationNamesItsLine() {
    String archive =
        "runs: 1\n-- main.go --\npackage main\n-- observed --\ngo1.26.8 linux/amd64\nsingle once\n";
    BadProgramException e =
        assertThrows(BadProgramException.class, () -> GoProgram.parse("p", archive));
    assertEquals("p.txtar:6: ", String.valueOf(e.getMessage()).substring(0, 11));
  }
}
