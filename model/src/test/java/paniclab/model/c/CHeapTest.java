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
    assertEquals(
        new Loader.Result(
            List.of("./m: libbar.so: version `BAR_2.0' not found (required by ./m)"),
            false,
            Optional.of(1)),
        Loader.start("./m", bar, other, false));
    List<String> missing =
        List.of(
            "./m: libbar.so: no version information available (required by ./m)",
            "./m: symbol lookup error: ./m: undefined symbol: bar, version BAR_2.0");
    assertEquals(
        new Loader.Result(missing, true, Optional.of(127)), Loader.start("./m", bar, none, false));
    assertEquals(
        new Loader.Result(missing, false, Optional.of(127)), Loader.start("./m", bar, none, true));
  }
}
