package paniclab.kernel.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class OutputTest {
  @Test
  void noCutLeavesHalfACharacter() {
    byte[] bytes = "aé恐😀z".getBytes(StandardCharsets.UTF_8);
    for (int n = 1; n <= bytes.length; n++) {
      byte[] head = Arrays.copyOf(bytes, n);
      int whole = Output.wholeCharacters(head);
      String text = new String(head, 0, whole, StandardCharsets.UTF_8);
      assertEquals(-1, text.indexOf('\uFFFD'), n + " bytes");
      assertEquals(true, n - whole <= 3, n + " bytes");
    }
    assertEquals(bytes.length, Output.wholeCharacters(bytes));
  }
}
