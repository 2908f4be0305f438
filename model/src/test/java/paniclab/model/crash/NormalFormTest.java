package paniclab.model.crash;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class NormalFormTest {
  private static final String WAIT_GROUP =
      """
      panic: in wg.Go [recovered, repanicked]

      goroutine 7 [running]:
      sync.(*WaitGroup).Go.func1.1()
      \t/usr/lib/go/src/sync/waitgroup.go:251 +0x45
      panic({0x4a9620?, 0x4cf6a8?})
      \t/usr/lib/go/src/runtime/panic.go:860 +0x13a
      main.main.func2()
      \t/home/a b/main.go:12 +0x25
      created by sync.(*WaitGroup).Go in goroutine 1
      \t/usr/lib/go/src/sync/waitgroup.go:238 +0x73

      goroutine 1 [sync.WaitGroup.Wait]:
      main.main()
      \t/home/a b/main.go:13 +0x52
      """;

  @Test
  void dropsWhatTheSourceDoesNotDecide() {
    assertEquals(
        """
        panic: in wg.Go [recovered, repanicked]

        goroutine 2 [running]:
        panic(...)
        main.main.func2(...)
        \tmain.go:12
        created by sync.(*WaitGroup).Go in goroutine 1

        goroutine 1 [sync.WaitGroup.Wait]:
        main.main(...)
        \tmain.go:13
        """,
        NormalForm.of(WAIT_GROUP));
  }

  @Test
  void isTheSameAppliedTwice() {
    assertEquals(NormalForm.of(WAIT_GROUP), NormalForm.of(NormalForm.of(WAIT_GROUP)));
  }

  @Test
  void dropsTheRuntimesOwnStacks() {
    assertEquals(
        """
        runtime: sp=0xN stack=[0xN, 0xN]
        fatal error: stack overflow

        goroutine 1 [running]:
        main.f(...)
        \tmain.go:6
        main.main(...)
        \tmain.go:11
        """,
        NormalForm.of(
            """
            runtime: sp=0xc0200e1380 stack=[0xc0200e0000, 0xc0400e0000]
            fatal error: stack overflow

            runtime stack:
            runtime.throw({0x47d31c?, 0x0?})
            \t/go/src/runtime/panic.go:1229 +0x48

            goroutine 1 gp=0xc000002380 m=0 mp=0x50f760 [running]:
            main.f(0x1)
            \t/p/main.go:6 +0x45 fp=0xc0200e1390 sp=0xc0200e1388 pc=0x470ce5
            main.f(0x2)
            \t/p/main.go:6 +0x45 fp=0xc0200e1390 sp=0xc0200e1388 pc=0x470ce5
            ...11184714 frames elided...
            main.main()
            \t/p/main.go:11 +0x1d fp=0xc0400dff50 sp=0xc0400dff38 pc=0x470d1d

            goroutine 2 gp=0xc0000028c0 m=nil [force gc (idle)]:
            runtime.goexit({})
            \t/go/src/runtime/asm_amd64.s:1693 +0x1
            """));
  }

  @Test
  void leavesOtherTextAlone() {
    assertEquals(
        "goroutine 7 at 0xN\n\nmain.f()\n", NormalForm.of("goroutine 7 at 0xc000\n\nmain.f()\n"));
  }
}
