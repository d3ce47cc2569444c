"""A real S3-speaking server, and a door before it that fails every third request."""

import http.client
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from random import Random


def free_port() -> int:
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return int(trial.getsockname()[1])


@contextmanager
def s3_server() -> Iterator[int]:
    """Start moto's server and return its port."""
    port = free_port()
    code = (
        "from werkzeug.serving import run_simple\n"
        "import moto.moto_server.werkzeug_app as moto\n"
        "served = moto.DomainDispatcherApplication(moto.create_backend_app)\n"
        f"run_simple('127.0.0.1', {port}, served, threaded=True)"
    )
    running = subprocess.Popen([sys.executable, "-c", code], stderr=subprocess.DEVNULL)
    try:
        for _ in range(300):
            try:
                ask(port, "GET", "/")
                break
            except OSError:
                time.sleep(0.1)
        yield port
    finally:
        running.kill()
        running.wait()


def ask(port: int, method: str, path: str) -> int:
    link = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    headers = {"Authorization": "AWS4-HMAC-SHA256 Credential=a/20260101/us-east-1/s3/aws4_request"}
    link.request(method, path, headers=headers)
    answer = link.getresponse()
    answer.read()
    link.close()
    return answer.status


class Door(ThreadingHTTPServer):
    """Passes requests on; every third fails: refused, cut off before, or after it was done."""

    daemon_threads = True

    def __init__(self, behind: int, share: float, seed: int = 3) -> None:
        super().__init__(("127.0.0.1", 0), _Visitor)
        self.behind, self.share, self.chance = behind, share, Random(seed)  # noqa: S311
        self.asked = self.failed = 0
        self.lock = threading.Lock()

    @property
    def port(self) -> int:
        return int(self.server_address[1])

    def fate(self) -> int:
        """Return what happens to the next request: 0 is nothing bad."""
        with self.lock:
            self.asked += 1
            bad = self.chance.random() < self.share
            self.failed += bad
            return self.chance.randint(1, 3) if bad else 0


class _Visitor(BaseHTTPRequestHandler):
    server: Door
    protocol_version = "HTTP/1.1"

    def _pass(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        fate = self.server.fate()
        if fate == 1:
            self.send_error(503, "Slow Down")
            return
        if fate == 2:
            self._hang_up()
            return
        link = http.client.HTTPConnection("127.0.0.1", self.server.behind, timeout=30)
        link.request(self.command, self.path, body, dict(self.headers))
        answer = link.getresponse()
        content = answer.read()
        self.send_response(answer.status)
        for name, value in answer.getheaders():
            if name.lower() not in ("transfer-encoding", "connection", "server", "date"):
                self.send_header(name, value)
        self.end_headers()
        if fate == 3:  # it was done, or begun to be told, and nobody hears of it
            self.wfile.write(content[: len(content) // 2])
            self._hang_up()
            return
        if self.command != "HEAD":
            self.wfile.write(content)

    def __getattr__(self, name: str) -> Callable[[], None]:
        if name.startswith("do_"):
            return self._pass
        raise AttributeError(name)

    def _hang_up(self) -> None:
        self.close_connection = True
        self.connection.shutdown(socket.SHUT_RDWR)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def door(behind: int, share: float) -> Iterator[Door]:
    server = Door(behind, share)
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
