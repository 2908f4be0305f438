package paniclab.lessons;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The commands under "In production": a shell reads them, and what they need is named. */
class CommandsTest {
  @ParameterizedTest
  @EnumSource
  void aShellReadsThemAndTheirToolsAreKnown(Language language) throws Exception {
    int blocks = 0;
    for (String id : Lessons.IDS) {
      for (Block b : Lessons.read(id, language).blocks()) {
        if (b instanceof Block.Prose p) {
          for (String block : Commands.blocks(p.markdown())) {
            blocks++;
            Commands.tools(block);
            assertEquals("", complaints(block.replaceAll("<[a-z]+>", "1")), id + ":" + p.line());
          }
        }
      }
    }
    assertTrue(blocks >= 40, "only " + blocks + " blocks were found");
  }

  @Test
  void toolsAreNamedInTheOrderOfTheirUse() {
    assertEquals(Set.of(), Commands.tools("kill -QUIT 1\ngrep 'a|gdb' log | sort"));
    assertEquals(
        List.of("Go", "gcc", "gdb"),
        List.copyOf(Commands.tools("X=1 go build -race . && ./server\ngdb -batch ./server")));
    assertThrows(IllegalArgumentException.class, () -> Commands.tools("ls | frobnicate"));
    assertEquals(
        "a\n\n```bash\ncurl x\n```\n\n*Needs curl.*\n\nb",
        Commands.marked("a\n\n```bash\ncurl x\n```\n\nb", Words.of(Language.EN)));
  }

  private static String complaints(String script) throws IOException, InterruptedException {
    Process p = new ProcessBuilder("bash", "-n").redirectErrorStream(true).start();
    try (OutputStream in = p.getOutputStream()) {
      in.write(script.getBytes(StandardCharsets.UTF_8));
    }
    String said = new String(p.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    p.waitFor();
    return said;
  }
}
