"""The faults of the library that the kernel stands on, one by one, and the rest of the protocol."""

import os
import queue
import signal
import time
import uuid

import zmq
from conftest import Notebook, text


def is_alive(notebook):
    content, outputs = notebook.run("2 + 2")
    assert content["status"] == "ok"
    return [m["content"]["data"]["text/plain"] for m in outputs if m["msg_type"] == "execute_result"]


def test_kernel_info_says_what_it_must(notebook):
    content = notebook.reply(notebook.client.kernel_info())["content"]
    assert content["status"] == "ok"
    assert tuple(map(int, content["protocol_version"].split("."))) >= (5, 4)
    assert content["supported_features"] == []
    assert content["language_info"]["name"] == "java"


def test_headers_have_a_session_and_a_date(notebook):
    reply = notebook.reply(notebook.client.kernel_info())
    assert reply["header"]["session"]
    assert hasattr(reply["header"]["date"], "year")


def test_a_bad_signature_is_dropped_and_the_kernel_goes_on(notebook):
    session = notebook.client.session
    good = session.key
    session.key = b"wrong"
    notebook.client.kernel_info()
    session.key = good
    assert is_alive(notebook) == ["4"]


def test_a_header_without_version_is_answered_and_the_kernel_goes_on(notebook):
    session = notebook.client.session
    message = session.msg("kernel_info_request", {})
    del message["header"]["version"]
    session.send(notebook.client.shell_channel.socket, message)
    assert is_alive(notebook) == ["4"]


def test_frames_that_are_no_message_are_dropped(notebook):
    notebook.client.shell_channel.socket.send_multipart([b"what", b"is", b"this"])
    notebook.client.shell_channel.socket.send_multipart([b"<IDS|MSG>", b"", b"{", b"{", b"{", b"{"])
    assert is_alive(notebook) == ["4"]


def test_an_unknown_type_gets_busy_and_idle(notebook):
    session = notebook.client.session
    message = session.msg("no_such_request", {})
    notebook.client.shell_channel.send(message)
    assert notebook.outputs(message["header"]["msg_id"], timeout=10) == []
    assert is_alive(notebook) == ["4"]


def test_silent_shows_nothing_and_counts_nothing(notebook):
    before, _ = notebook.run("1")
    content, outputs = notebook.run("77", silent=True)
    assert content["status"] == "ok"
    assert outputs == []
    after, _ = notebook.run("1")
    assert after["execution_count"] == before["execution_count"] + 1


def test_store_history_off_counts_nothing(notebook):
    before, _ = notebook.run("1")
    _, outputs = notebook.run("78", store_history=False)
    assert any(m["msg_type"] == "execute_result" for m in outputs)
    after, _ = notebook.run("1")
    assert after["execution_count"] == before["execution_count"] + 1


def test_user_expressions(notebook):
    content, _ = notebook.run(
        "int answer = 42;", user_expressions={"right": "answer + 1", "wrong": "nothing.at.all"}
    )
    assert content["user_expressions"]["right"]["data"]["text/plain"] == "43"
    assert content["user_expressions"]["right"]["status"] == "ok"
    assert content["user_expressions"]["wrong"]["status"] == "error"


def test_cells_behind_an_error_are_aborted(notebook):
    first = notebook.send('Thread.sleep(300); throw new IllegalStateException("stop here");')
    second = notebook.send("int never = 1;")
    third = notebook.send("int norThis = 1;")
    assert notebook.reply(first)["content"]["status"] == "error"
    assert notebook.reply(second)["content"]["status"] == "aborted"
    assert notebook.reply(third)["content"]["status"] == "aborted"
    assert is_alive(notebook) == ["4"]
    content, _ = notebook.run("never")
    assert content["status"] == "error"


def test_stop_on_error_off_goes_on(notebook):
    first = notebook.send('throw new IllegalStateException("go on");', stop_on_error=False)
    second = notebook.send("5 * 5")
    assert notebook.reply(first)["content"]["status"] == "error"
    assert notebook.reply(second)["content"]["status"] == "ok"


def test_a_cell_sent_right_after_an_error_runs(notebook):
    for _ in range(5):
        content, _ = notebook.run('throw new IllegalStateException("no");')
        assert content["status"] == "error"
        assert is_alive(notebook) == ["4"]


def test_a_hundred_thousand_lines_arrive_exactly(notebook):
    begin = time.monotonic()
    content, outputs = notebook.run(
        'for (int i = 0; i < 100000; i++) System.out.println("line " + i);'
    )
    took = time.monotonic() - begin
    assert content["status"] == "ok"
    assert text(outputs) == "".join(f"line {i}\n" for i in range(100000))
    print(f"100,000 lines: {took:.2f} s in {len(outputs)} messages")


def test_four_threads_print_exactly(notebook):
    content, outputs = notebook.run(
        """
        List<Thread> all = new ArrayList<>();
        for (int t = 0; t < 4; t++) {
          int me = t;
          all.add(new Thread(() -> {
            for (int i = 0; i < 5000; i++) System.out.println(me + " " + i);
          }));
        }
        for (Thread t : all) t.start();
        for (Thread t : all) t.join();
        """
    )
    assert content["status"] == "ok"
    lines = text(outputs).splitlines()
    assert len(lines) == 20000
    for t in range(4):
        assert [x for x in lines if x.startswith(f"{t} ")] == [f"{t} {i}" for i in range(5000)]


def test_characters_are_never_cut(notebook):
    content, outputs = notebook.run(
        'for (int i = 0; i < 20000; i++) System.out.print("é恐慌😀");'
    )
    assert content["status"] == "ok"
    assert text(outputs) == "é恐慌😀" * 20000
    assert all("\ufffd" not in m["content"]["text"] for m in outputs if m["msg_type"] == "stream")


def test_late_output_goes_to_the_cell_that_started_it(notebook):
    request = notebook.send(
        "new Thread(() -> { try { Thread.sleep(700); } catch (InterruptedException e) {}"
        ' System.out.println("LATE"); }).start();'
    )
    notebook.reply(request)
    notebook.outputs(request)
    is_alive(notebook)
    late = [m for m in notebook.drain(2) if m["msg_type"] == "stream"]
    assert [m["content"]["text"] for m in late] == ["LATE\n"]
    assert late[0]["parent_header"]["msg_id"] == request


def answer(notebook, value, timeout=30):
    question = notebook.client.get_stdin_msg(timeout=timeout)
    assert question["msg_type"] == "input_request"
    notebook.client.input(value)
    return question["content"]


def test_input_is_utf8(notebook):
    request = notebook.send("new Scanner(System.in).nextLine()", allow_stdin=True)
    answer(notebook, "é 恐慌")
    assert notebook.reply(request)["content"]["status"] == "ok"
    shown = [m for m in notebook.outputs(request) if m["msg_type"] == "execute_result"]
    assert shown[0]["content"]["data"]["text/plain"] == "é 恐慌"


def test_prompt_and_password(notebook):
    request = notebook.send('ask("name? ") + askPassword("word? ")', allow_stdin=True)
    assert answer(notebook, "a") == {"prompt": "name? ", "password": False}
    assert answer(notebook, "b") == {"prompt": "word? ", "password": True}
    assert notebook.reply(request)["content"]["status"] == "ok"


def test_input_is_refused_where_it_is_off(notebook):
    content, _ = notebook.run("new Scanner(System.in).nextLine()")
    assert content["status"] == "error"
    assert "allow_stdin" in content["evalue"]
    assert is_alive(notebook) == ["4"]


def test_a_stale_answer_answers_nothing(notebook):
    notebook.client.input("stale")
    time.sleep(0.3)
    request = notebook.send("new Scanner(System.in).nextLine()", allow_stdin=True)
    answer(notebook, "fresh")
    notebook.reply(request)
    shown = [m for m in notebook.outputs(request) if m["msg_type"] == "execute_result"]
    assert shown[0]["content"]["data"]["text/plain"] == "fresh"


def test_an_interrupt_breaks_a_read(notebook):
    request = notebook.send("new Scanner(System.in).nextLine()", allow_stdin=True)
    notebook.client.get_stdin_msg(timeout=30)
    notebook.manager.interrupt_kernel()
    content = notebook.reply(request, timeout=10)["content"]
    assert content["ename"] == "KeyboardInterrupt"
    assert is_alive(notebook) == ["4"]


def busy_until(notebook, request):
    while True:
        m = notebook.client.get_iopub_msg(timeout=30)
        if m["parent_header"].get("msg_id") == request and m["msg_type"] == "execute_input":
            return


def test_interrupt_by_message(notebook):
    notebook.run("int kept = 7;")
    request = notebook.send("while (true) {}")
    busy_until(notebook, request)
    time.sleep(0.5)
    begin = time.monotonic()
    notebook.manager.interrupt_kernel()
    content = notebook.reply(request, timeout=10)["content"]
    print(f"interrupt by message: {(time.monotonic() - begin) * 1000:.0f} ms")
    assert content["ename"] == "KeyboardInterrupt"
    _, outputs = notebook.run("kept")
    assert any(m["msg_type"] == "execute_result" and m["content"]["data"]["text/plain"] == "7" for m in outputs)


def test_interrupt_by_signal(notebook):
    request = notebook.send("for (;;) { try { Thread.sleep(10); } finally { continue; } }")
    busy_until(notebook, request)
    time.sleep(0.5)
    os.kill(notebook.manager.provisioner.process.pid, signal.SIGINT)
    content = notebook.reply(request, timeout=10)["content"]
    assert content["ename"] == "KeyboardInterrupt"
    assert is_alive(notebook) == ["4"]


def test_history_is_searched_across_restarts():
    mark = "mark_" + uuid.uuid4().hex
    first = Notebook()
    first.run(f"int {mark} = 1;")
    first.close()
    second = Notebook()
    try:
        request = second.client.history(hist_access_type="search", pattern=f"*{mark}*", raw=True, output=False)
        found = second.reply(request)["content"]["history"]
        assert [h[2] for h in found] == [f"int {mark} = 1;"]
    finally:
        second.close()


def test_comms_both_ways(notebook):
    content, outputs = notebook.run(
        'Comm line = openComm("there", "{\\"hello\\":1}");'
        ' line.onMessage(m -> line.send("{\\"echo\\":" + m.data() + "}"));'
    )
    assert content["status"] == "ok"
    opened = next(m for m in outputs if m["msg_type"] == "comm_open")["content"]
    assert opened["data"] == {"hello": 1}
    assert opened["target_name"] == "there"
    request = notebook.client.comm_info()
    assert opened["comm_id"] in notebook.reply(request)["content"]["comms"]
    session = notebook.client.session
    message = session.msg("comm_msg", {"comm_id": opened["comm_id"], "data": {"x": "é"}})
    notebook.client.shell_channel.send(message)
    outputs = notebook.outputs(message["header"]["msg_id"])
    assert outputs[0]["msg_type"] == "comm_msg"
    assert outputs[0]["content"]["data"] == {"echo": {"x": "é"}}


def test_ipc():
    n = Notebook(transport="ipc")
    try:
        assert is_alive(n) == ["4"]
    finally:
        n.close()


def test_the_heartbeat_answers_while_a_cell_runs(notebook):
    request = notebook.send("Thread.sleep(1500)")
    port = notebook.client.hb_port
    socket = zmq.Context.instance().socket(zmq.REQ)
    socket.linger = 0
    socket.connect(f"tcp://127.0.0.1:{port}")
    socket.send(b"are you there")
    assert socket.poll(1000)
    assert socket.recv() == b"are you there"
    socket.close()
    notebook.reply(request)


def test_shutdown_is_quick():
    n = Notebook()
    n.run("1 + 1")
    begin = time.monotonic()
    n.client.shutdown()
    while n.manager.provisioner.process.poll() is None and time.monotonic() - begin < 20:
        time.sleep(0.01)
    took = time.monotonic() - begin
    n.close()
    print(f"exit after shutdown_request: {took:.2f} s")
    assert took < 5


def test_completion_knows_signatures(notebook):
    request = notebook.client.complete("List.of(1).sub", 14)
    content = notebook.reply(request)["content"]
    item = content["metadata"]["_jupyter_types_experimental"][0]
    assert item["text"].startswith("subList(")
    assert "int" in item["signature"]
    assert content["cursor_start"] == 11


def test_completion_counts_code_points(notebook):
    code = 'String s = "😀"; s.len'
    request = notebook.client.complete(code, len(code))
    content = notebook.reply(request)["content"]
    assert content["matches"] == ["length()"]
    assert content["cursor_start"] == len(code) - 3
    assert content["cursor_end"] == len(code)
