package paniclab.model.c;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Texts and statuses as glibc 2.36 gave them to the programs PC4-01 and PC4-15. */
class CHeapTest {
  @Test
  void aSecondFreeIsNoticedInTheTcache() {
    CHeap h = CHeap.fresh();
    long p = h.malloc(8);
    h.free(p);
    CAbort e = assertThrows(CAbort.class, () -> h.free(p));
    assertEquals("free(): double free detected in tcache 2", e.getMessage());
  }

  @Test
  void andInTheFastbinWithoutIt() {
    CHeap h = CHeap.fresh(0);
    long p = h.malloc(8);
    h.free(p);
    CAbort e = assertThrows(CAbort.class, () -> h.free(p));
    assertEquals("double free or corruption (fasttop)", e.getMessage());
  }

  @Test
  void aBlockThatWasGivenOutAgainIsFreedInSilence() {
    CHeap h = CHeap.fresh();
    long a = h.malloc(24);
    h.free(a);
    assertEquals(a, h.malloc(24));
    h.free(a);
    assertEquals(a, h.malloc(24));
  }

  @Test
  void theLoaderReportsAndDoesNotCrash() {
    Loader.Symbol bar = new Loader.Symbol("bar", "BAR_2.0");
    Loader.Library other =
        new Loader.Library("libbar.so", List.of(new Loader.Symbol("bar", "BAR_1.0")));
    Loader.Library none = new Loader.Library("libbar.so", List.of(new Loader.Symbol("other", "")));
    assertEnds(
        Loader.start("./m", bar, other, false),
        false,
        1,
        "./m: libbar.so: version `BAR_2.0' not found (required by ./m)");
    String[] missing = {
      "./m: libbar.so: no version information available (required by ./m)",
      "./m: symbol lookup error: ./m: undefined symbol: bar, version BAR_2.0"
    };
    assertEnds(Loader.start("./m", bar, none, false), true, 127, missing);
    assertEnds(Loader.start("./m", bar, none, true), false, 127, missing);
    Loader.Result bound =
        Loader.start("./m", bar, new Loader.Library("libbar.so", List.of(bar)), true);
    assertEquals(Optional.empty(), bound.exit());
    assertEquals(
        List.of(
            Loader.Stage.VERSION, Loader.Stage.BIND_NOW, Loader.Stage.MAIN, Loader.Stage.CALLED),
        bound.way().stream().map(Loader.Step::stage).toList());
  }

  private static void assertEnds(Loader.Result start, boolean began, int status, String... stderr) {
    assertEquals(List.of(stderr), start.stderr());
    assertEquals(began, start.started());
    assertEquals(Optional.of(status), start.exit());
  }
}
