"""Measures Jupyter kernels side by side: start, first answer, warm cells, memory, a flood, shutdown.

usage: measure.py [--runs N] KERNEL...     (names of installed kernelspecs; run it in the environment
                                            that has jupyter_client, psutil and the kernels)

Prints one JSON line per kernel: medians in milliseconds, memory in MB (PSS, the whole process tree).
"""

import argparse
import json
import statistics
import time

import psutil
from jupyter_client.manager import KernelManager

CODE = {
    "python": {"one": "1+1", "flood": "for i in range(100000): print('line', i)", "cell": "1+{}"},
    "java": {
        "one": "1+1",
        "flood": 'for (int i = 0; i < 100000; i++) System.out.println("line " + i);',
        "cell": "1+{}",
    },
}


def wait(client, request):
    while True:
        m = client.get_shell_msg(timeout=120)
        if m["parent_header"].get("msg_id") == request:
            return m


def until_idle(client, request, timeout=60):
    characters = 0
    end = time.monotonic() + timeout
    while True:
        m = client.get_iopub_msg(timeout=max(0.01, end - time.monotonic()))
        if m["parent_header"].get("msg_id") != request:
            continue
        if m["msg_type"] == "stream":
            characters += len(m["content"]["text"])
        if m["msg_type"] == "status" and m["content"]["execution_state"] == "idle":
            return characters


def start(kernel):
    begin = time.perf_counter()
    manager = KernelManager(kernel_name=kernel)
    manager.start_kernel()
    client = manager.client()
    client.start_channels()
    while True:
        request = client.kernel_info()
        m = client.get_shell_msg(timeout=120)
        if m["msg_type"] == "kernel_info_reply":
            return manager, client, (time.perf_counter() - begin) * 1000, begin


def pss(pid):
    root = psutil.Process(pid)
    total = 0
    for p in [root] + root.children(recursive=True):
        try:
            total += p.memory_full_info().pss
        except psutil.NoSuchProcess:
            pass
    return total / 1e6


def measure(kernel, runs):
    info, first = [], []
    for _ in range(runs):
        manager, client, took, begin = start(kernel)
        info.append(took)
        language = manager.kernel_spec.language.lower()
        code = CODE.get(language, CODE["java"])
        wait(client, client.execute(code["one"], allow_stdin=False))
        first.append((time.perf_counter() - begin) * 1000)
        client.stop_channels()
        manager.shutdown_kernel(now=True)
    manager, client, _, _ = start(kernel)
    request = client.execute(code["one"], allow_stdin=False)
    wait(client, request)
    memory = pss(manager.provisioner.process.pid)
    time.sleep(1.5)
    with_spare = pss(manager.provisioner.process.pid)
    warm = []
    for i in range(120):
        begin = time.perf_counter()
        wait(client, client.execute(code["cell"].format(i), allow_stdin=False))
        warm.append((time.perf_counter() - begin) * 1000)
    begin = time.perf_counter()
    for i in range(1000):
        wait(client, client.execute(code["cell"].format(i), allow_stdin=False))
    thousand = time.perf_counter() - begin
    begin = time.perf_counter()
    request = client.execute(code["flood"], allow_stdin=False)
    wait(client, request)
    try:
        characters = until_idle(client, request)
    except Exception as e:  # an empty queue: the idle never came
        characters = -1
    flood = time.perf_counter() - begin
    begin = time.perf_counter()
    client.shutdown()
    while manager.provisioner.process.poll() is None and time.perf_counter() - begin < 70:
        time.sleep(0.005)
    shutdown = time.perf_counter() - begin
    client.stop_channels()
    manager.shutdown_kernel(now=True)
    exact = sum(len(f"line {i}\n") for i in range(100000))
    return {
        "kernel": kernel,
        "kernel_info_ms": round(statistics.median(info)),
        "first_answer_ms": round(statistics.median(first)),
        "warm_cell_ms": round(statistics.median(warm[60:]), 1),
        "thousand_cells_s": round(thousand, 1),
        "pss_mb_after_first_cell": round(memory),
        "pss_mb_later": round(with_spare),
        "flood_s": round(flood, 2),
        "flood_exact": characters == exact,
        "exit_s": round(shutdown, 2),
    }


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--runs", type=int, default=7)
    parser.add_argument("kernels", nargs="+")
    given = parser.parse_args()
    for name in given.kernels:
        print(json.dumps(measure(name, given.runs)), flush=True)
