"""One kernel for the tests of a module, through the client that every front end uses."""

import queue
import time

import pytest
from jupyter_client.manager import KernelManager

KERNEL = "paniclab"


class Notebook:
    """A running kernel, asked cell by cell."""

    def __init__(self, **options):
        self.manager = KernelManager(kernel_name=KERNEL, **options)
        self.manager.start_kernel()
        self.client = self.manager.client()
        self.client.start_channels()
        self.client.wait_for_ready(timeout=60)

    def close(self):
        self.client.stop_channels()
        self.manager.shutdown_kernel(now=True)

    def send(self, code, **options):
        options.setdefault("allow_stdin", False)
        return self.client.execute(code, **options)

    def reply(self, request, timeout=60):
        """The reply to a request, whatever other replies come first."""
        end = time.monotonic() + timeout
        while True:
            message = self.client.get_shell_msg(timeout=max(0.01, end - time.monotonic()))
            if message["parent_header"].get("msg_id") == request:
                return message

    def outputs(self, request, timeout=60):
        """All that a request published, up to its idle."""
        found = []
        end = time.monotonic() + timeout
        while True:
            message = self.client.get_iopub_msg(timeout=max(0.01, end - time.monotonic()))
            if message["parent_header"].get("msg_id") != request:
                continue
            if message["msg_type"] == "status":
                if message["content"]["execution_state"] == "idle":
                    return found
                continue
            found.append(message)

    def run(self, code, **options):
        request = self.send(code, **options)
        reply = self.reply(request)
        return reply["content"], self.outputs(request)

    def drain(self, seconds):
        """All that is published within a time."""
        found = []
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            try:
                found.append(self.client.get_iopub_msg(timeout=max(0.01, end - time.monotonic())))
            except queue.Empty:
                break
        return found


def text(outputs, name="stdout"):
    return "".join(
        m["content"]["text"]
        for m in outputs
        if m["msg_type"] == "stream" and m["content"]["name"] == name
    )


@pytest.fixture(scope="module")
def notebook():
    n = Notebook()
    yield n
    n.close()
