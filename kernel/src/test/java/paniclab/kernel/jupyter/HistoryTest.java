package paniclab.kernel.jupyter;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.spencerpark.jupyter.kernel.history.HistoryEntry;
import io.github.spencerpark.jupyter.kernel.history.HistoryManager.ResultFlag;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistoryTest {
  @TempDir Path folder;

  private static List<String> inputs(List<HistoryEntry> entries) {
    return entries.stream().map(HistoryEntry::getInput).toList();
  }

  @Test
  void laterSessionsFindEarlierOnes() throws Exception {
    Path file = folder.resolve("deep").resolve("h.jsonl");
    History first = new History(file);
    first.add(1, "int a = 1;", "");
    first.add(2, "a + 1", "2");
    Files.writeString(file, "not json\n", StandardOpenOption.APPEND);
    History second = new History(file);
    second.add(1, "a + 1", "3");
    assertEquals(List.of("a + 1", "a + 1"), inputs(second.lookupTail(2, Set.of())));
    assertEquals(List.of("a + 1"), inputs(second.search("a*", 10, Set.of(ResultFlag.UNIQUE))));
    assertEquals(List.of("int a = 1;"), inputs(second.search("*[i]nt ?*", 10, Set.of())));
    assertEquals(List.of("int a = 1;", "a + 1"), inputs(second.lookupRange(-1, 1, 3, Set.of())));
    assertEquals(
        "3", second.lookupRange(0, 1, 2, Set.of(ResultFlag.INCLUDE_OUTPUT)).getFirst().getOutput());
  }
}
