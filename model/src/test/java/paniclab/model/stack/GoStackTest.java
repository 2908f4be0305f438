package paniclab.model.stack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class GoStackTest {
  /** The frames of PC2-09's binaries: runtime.main, main.main, deepRecursion. */
  private static GoStack mainCalls(long mainMain) {
    GoStack s = GoStack.initial();
    s.call("runtime.main", 152);
    s.call("main.main", mainMain);
    return s;
  }

  @Test
  void theFirstOverflowIsWhereRealGoHasIt() {
    // Default flags: a frame serves two levels, and main.main makes the first call itself.
    assertEquals(22_369_327, mainCalls(5944).recurse("main.deepRecursion", 24, 1L << 40));
    // -gcflags=-l: deepRecursion(n) takes n + 1 frames, and n = 22,369,328 is the first to fail.
    assertEquals(22_369_328, mainCalls(5928).recurse("main.deepRecursion", 24, 1L << 40));
    // -gcflags="-N -l": the first to fail is n = 13,421,594.
    assertEquals(13_421_594, mainCalls(6048).recurse("main.deepRecursion", 40, 1L << 40));
  }

  @Test
  void theStackDoublesFromTwoKilobytesToHalfAGigabyte() {
    GoStack s = GoStack.initial();
    assertEquals(2048, s.size());
    s.recurse("f", 64, 1L << 40);
    assertEquals(512L << 20, s.size());
    List<Growth> g = s.growths();
    assertEquals(18, g.size());
    for (Growth x : g) {
      assertEquals(2 * x.from(), x.to());
    }
    assertTrue(s.overflowed());
    assertThrows(IllegalStateException.class, () -> s.call("f", 64));
  }

  @Test
  void recursingIsTheSameAsCallingAgainAndAgain() {
    for (long bytes : new long[] {16, 24, 136, 144, 200, 1024, 5000, 70_000}) {
      GoStack one = GoStack.initial();
      one.setMaxStack(1 << 20);
      GoStack many = GoStack.initial();
      many.setMaxStack(1 << 20);
      long n = 0;
      while (!(one.call("f", bytes) instanceof GoStack.Step.Overflowed)) {
        n++;
      }
      assertEquals(n, many.recurse("f", bytes, 1L << 40), bytes + " bytes");
      assertEquals(one.growths().size(), many.growths().size());
    }
  }

  @Test
  void pointersIntoTheStackAreAdjustedAndNumbersAreNot() {
    GoStack s = GoStack.initial();
    s.call("main.f", 64);
    GoStack.Variable x = s.number("x", 1);
    GoStack.Variable p = s.pointer("p", x);
    GoStack.Variable a = s.number("a", x.address());
    long before = x.address();
    assertInstanceOf(GoStack.Step.Grew.class, s.call("main.g", 2000));
    assertNotEquals(before, x.address());
    assertEquals(x.address(), p.value());
    assertEquals(before, a.value());
    Growth g = s.growths().getLast();
    assertEquals(3, g.variables().size());
    assertTrue(g.variables().get(1).pointer());
    s.returnTo(0);
    assertTrue(s.variables().isEmpty());
  }

  @Test
  void theLimitIsLookedAtWhenTheStackGrows() {
    GoStack s = GoStack.initial();
    s.recurse("f", 64, 1000);
    long size = s.size();
    assertEquals(1_000_000_000, s.setMaxStack(0));
    s.returnTo(1);
    assertInstanceOf(GoStack.Step.Entered.class, s.call("f", 64));
    assertEquals(size, s.size());
    s.recurse("f", 64, 1000);
    GoStack.Step last = s.overflowed() ? new GoStack.Step.Overflowed("") : s.call("f", 1 << 20);
    assertInstanceOf(GoStack.Step.Overflowed.class, last);
  }

  @Test
  void noSetMaxStackRaisesTheLimitAboveTheCeiling() {
    GoStack s = GoStack.initial();
    s.setMaxStack(1L << 40);
    s.recurse("f", 1 << 20, 1L << 40);
    assertEquals(1L << 30, s.size());
  }

  @Test
  void aStackThatIsHardlyUsedShrinks() {
    GoStack s = GoStack.initial();
    s.recurse("f", 64, 1000);
    assertFalse(s.shrink());
    s.returnTo(1);
    long size = s.size();
    assertTrue(s.shrink());
    assertEquals(size / 2, s.size());
  }

  @Test
  void deferRecords() {
    assertEquals(DeferKind.OPEN_CODED, DeferSites.of(8, 1).outside());
    assertEquals(DeferKind.STACK, DeferSites.of(9, 1).outside());
    assertEquals(DeferKind.STACK, DeferSites.of(4, 4).outside());
    assertEquals(List.of(DeferSites.Reason.TOO_MANY_RETURNS), DeferSites.of(4, 4).reasons());
    assertEquals(DeferKind.STACK, new DeferSites(1, 1, 1, false, true).outside());
    assertEquals(DeferKind.STACK, new DeferSites(1, 0, 1, false, false).outside());
    assertEquals(48, DeferKind.HEAP.bytes());
    assertEquals(0, DeferKind.OPEN_CODED.bytes());
  }

  @Test
  void bigVariables() {
    assertEquals(home(VariableHome.Kind.DECLARED, 131_072), VariableHome.STACK);
    assertEquals(home(VariableHome.Kind.DECLARED, 131_073), VariableHome.HEAP);
    assertEquals(home(VariableHome.Kind.IMPLICIT, 65_537), VariableHome.HEAP);
    assertEquals(home(VariableHome.Kind.PARAMETER, 1 << 29), VariableHome.STACK);
    assertEquals(home(VariableHome.Kind.PARAMETER, 1 << 30), VariableHome.REJECTED);
  }

  private static VariableHome home(VariableHome.Kind kind, long bytes) {
    return VariableHome.decide(kind, bytes, false).home();
  }
}
