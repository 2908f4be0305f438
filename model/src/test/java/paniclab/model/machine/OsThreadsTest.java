package paniclab.model.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

class OsThreadsTest {
  @Test
  void eachLockedGoroutineTakesAThreadUntilThereAreTooMany() {
    OsThreads t = new OsThreads();
    assertEquals(List.of(3, 7), t.bounds(2), "of a process that starts none");
    assertEquals(OsThreads.LIMIT, t.limit(20, 2));
    for (int i = 0; i < 18; i++) {
      t.lock(2);
    }
    assertEquals(20, t.bounds(2).getFirst());
    assertThrows(FatalError.class, () -> t.lock(2));
  }
}
