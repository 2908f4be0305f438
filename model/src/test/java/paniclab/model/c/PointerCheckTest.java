package paniclab.model.c;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import paniclab.model.c.PointerCheck.Value;

/** As the programs PC4-12, PC4-13, cgo-pointer-unpinned and PC4-30 were seen to end. */
class PointerCheckTest {
  @Test
  void aGoPointerPassesAndOneToAnotherDoesNot() {
    GoObject n = GoObject.named("n");
    assertEquals(Optional.empty(), PointerCheck.argument(n.pointer()));
    GoObject b = GoObject.named("b").holding(n.pointer());
    assertEquals(Optional.of(PointerCheck.ARGUMENT), PointerCheck.argument(b.pointer()));
    n.pin();
    assertEquals(Optional.empty(), PointerCheck.argument(b.pointer()));
    n.pin().unpin();
    assertEquals(Optional.empty(), PointerCheck.argument(b.pointer()), "pinned once still");
    n.unpin();
    assertEquals(Optional.of(PointerCheck.ARGUMENT), PointerCheck.argument(b.pointer()));
    assertThrows(IllegalStateException.class, n::unpin);
  }

  @Test
  void mapsFunctionsAndStringsOfTheHeapInsideDoNotPass() {
    for (Value inside : List.of(new Value.Container(), new Value.Text(true))) {
      GoObject b = GoObject.named("b").holding(inside);
      assertEquals(Optional.of(PointerCheck.ARGUMENT), PointerCheck.argument(b.pointer()));
    }
    GoObject constant = GoObject.named("b").holding(new Value.Text(false));
    assertEquals(Optional.empty(), PointerCheck.argument(constant.pointer()));
    assertEquals(Optional.empty(), PointerCheck.argument(new Value.Text(true)), "by itself");
  }
}
