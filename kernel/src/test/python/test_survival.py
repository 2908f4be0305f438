"""What a cell does to itself, the notebook survives: the table of what the kernel teaches."""

import time

import pytest
from conftest import text


def value(notebook, code):
    content, outputs = notebook.run(code)
    assert content["status"] == "ok", content
    return [m["content"]["data"]["text/plain"] for m in outputs if m["msg_type"] == "execute_result"]


@pytest.fixture()
def state(notebook):
    notebook.run("int kept = 11; int twice(int n) { return 2 * n; }")
    return notebook


LOOPS = {
    "spin": "while (true) {}",
    "sleep": "Thread.sleep(100_000);",
    "finally continue": "while (true) { try { while (true) {} } finally { continue; } }",
    "catch everything": "while (true) { try { while (true) {} } catch (Throwable t) { } }",
    "recursion": "int deep(int n) { try { return deep(n + 1); } finally { deep(n); } }\ndeep(0);",
    "stream": "IntStream.iterate(0, i -> i + 1).forEach(i -> { });",
    "join": "Thread t = new Thread(() -> { while (true) {} }, \"spinner\"); t.start(); t.join();",
    "deadlock": "Object a = new Object(); var gate = new CountDownLatch(1); gate.await();",
}


@pytest.mark.parametrize("name", LOOPS)
def test_an_interrupt_ends_it_and_keeps_the_state(state, name):
    request = state.send(LOOPS[name])
    time.sleep(1.0)
    begin = time.monotonic()
    state.manager.interrupt_kernel()
    content = state.reply(request, timeout=10)["content"]
    took = time.monotonic() - begin
    print(f"interrupt of {name}: {took * 1000:.0f} ms")
    assert content["ename"] == "KeyboardInterrupt"
    assert value(state, "kept") == ["11"]
    names = value(
        state,
        "Thread.getAllStackTraces().keySet().stream().filter(t -> t.isAlive() &&"
        ' t.getName().equals("spinner")).count()',
    )
    assert names == ["0"]


def test_a_call_that_cannot_be_stopped_costs_the_values_only(state):
    # Nothing of the learner's is called here, so there is no place to stop.
    request = state.send("LongStream.range(0, Long.MAX_VALUE).sum()")
    time.sleep(1.0)
    state.manager.interrupt_kernel()
    content = state.reply(request, timeout=20)["content"]
    assert content["ename"] == "KeyboardInterrupt"
    assert value(state, "twice(4)") == ["8"]


def test_infinite_recursion_is_one_line_and_folded_frames(state):
    content, outputs = state.run("int down(int n) { return down(n + 1) + 1; }\ndown(0)")
    assert content["ename"] == "StackOverflowError"
    shown = "\n".join(content["traceback"])
    assert "java.lang.StackOverflowError" in shown
    assert len(shown) < 1000
    assert value(state, "kept") == ["11"]


def test_the_heap(state):
    content, _ = state.run(
        "var hog = new ArrayList<byte[]>(); while (true) hog.add(new byte[1 << 20]);"
    )
    assert content["status"] == "error"
    assert "heap" in " ".join(content["traceback"])
    assert "MB" in " ".join(content["traceback"])
    assert value(state, "twice(4)") == ["8"]


DEATHS = {
    "exit": ("System.exit(3)", "exit 3"),
    "halt": ("Runtime.getRuntime().halt(9)", "exit 9"),
    "exit in a thread": ("new Thread(() -> System.exit(4)).start(); Thread.sleep(5000);", "exit 4"),
    "segfault": (
        "var f = Class.forName(\"sun.misc.Unsafe\").getDeclaredField(\"theUnsafe\");"
        " f.setAccessible(true); ((sun.misc.Unsafe) f.get(null)).putAddress(1, 1);",
        "SIGSEGV",
    ),
    "foreign memory": (
        "import java.lang.foreign.*;\n"
        "MemorySegment.ofAddress(8).reinterpret(8).set(ValueLayout.JAVA_INT, 0, 1);",
        "SIGSEGV",
    ),
    "abort": (
        "import java.lang.foreign.*;\n"
        "Linker.nativeLinker().downcallHandle("
        "Linker.nativeLinker().defaultLookup().find(\"abort\").get(), FunctionDescriptor.ofVoid())"
        ".invoke();",
        "SIGABRT",
    ),
}


@pytest.mark.parametrize("name", DEATHS)
def test_the_death_of_the_worker_is_told_and_declarations_are_kept(state, name):
    code, how = DEATHS[name]
    content, _ = state.run(code)
    assert content["status"] == "error"
    assert how in content["evalue"]
    assert value(state, "twice(4)") == ["8"]
    assert value(state, "kept") == ["0"]


def test_a_thread_that_throws_later(state):
    request = state.send(
        'new Thread(() -> { throw new IllegalStateException("late trouble"); }).start();'
    )
    state.reply(request)
    outputs = state.outputs(request)
    late = [m for m in state.drain(1) if m["parent_header"].get("msg_id") == request]
    said = text(outputs + late, "stderr")
    assert "IllegalStateException: late trouble" in said
    assert value(state, "kept") == ["11"]
