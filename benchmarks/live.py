"""Drag sliders through the real server and measure what a screen gets.

Run as `python -m benchmarks.live PHOTO...`. Prints, for each photo: seconds to the first picture,
to known faces, and to the settled Natural preset; then, for a drag of 2 s at 60 changes a second
of each slider: frames a second, age of the frames (change sent → frame decoded; a screen adds one
frame), and the time from the last change to the settled frame.
"""

import json
import socket
import struct
import sys
import tempfile
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import numpy as np
import simplejpeg  # type: ignore[import-untyped]
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect

from benchmarks.kill_server import Server, nursery
from freckle.studio.recipes import preset

HEADER = struct.Struct("<IHHIffffHH")
SLIDERS = ("smooth", "even_tone", "eye_whites", "dark_circles", "blemishes")
LONGEST = 1600
SECONDS = 2.0
RATE = 60
CPU_NOTE = "Ages rise with everything else that runs on the machine; look at `uptime` first."


@dataclass
class Screen:
    """What arrived, and when (seconds of the monotonic clock)."""

    socket: ClientConnection
    frames: list[tuple[float, int, int]] = field(default_factory=list)
    """Time, kind, id."""
    texts: dict[str, float] = field(default_factory=dict)
    changed: threading.Condition = field(default_factory=threading.Condition)

    def watch(self) -> None:
        """Decode and acknowledge frames until the socket closes."""
        try:
            for message in self.socket:
                self._take(message)
        except ConnectionClosed:
            return

    def _take(self, message: str | bytes) -> None:
        if isinstance(message, bytes):
            _, _, kind, number, *_ = HEADER.unpack(message[: HEADER.size])
            simplejpeg.decode_jpeg(message[HEADER.size :])
            if kind == 0:
                self.socket.send(json.dumps({"ack": number}))
        with self.changed:
            now = time.monotonic()
            if isinstance(message, bytes):
                self.frames.append((now, kind, number))
            else:
                self.texts.setdefault(message, now)
            self.changed.notify_all()

    def when(self, text: Mapping[str, object]) -> float:
        """Wait for a text message and return when it came."""
        wanted = json.dumps(dict(text), separators=(",", ":"))
        with self.changed:
            assert self.changed.wait_for(lambda: wanted in self.texts, 60), self.texts
            return self.texts[wanted]


def changed(recipe: Mapping[str, Any], op: str, amount: float) -> dict[str, Any]:
    """Return a recipe with one slider moved."""
    copy: dict[str, Any] = json.loads(json.dumps(recipe))
    for step in copy["style"]["steps"]:
        if step["edit"]["op"] == op:
            step["edit"]["amount"] = amount
    return copy


def drag(screen: Screen, send: Any, recipe: Mapping[str, Any], op: str, first: int) -> str:
    """Move one slider for a while and return a line of figures."""
    sent: dict[int, float] = {}
    started = time.monotonic()
    steps = round(SECONDS * RATE)
    for step in range(steps):
        sent[first + step] = time.monotonic()
        send(first + step, changed(recipe, op, 5 + 30 * step / steps), True)
        time.sleep(max(0.0, started + (step + 1) / RATE - time.monotonic()))
    ended = time.monotonic()
    settled = screen.when({"settled": first + steps - 1}) - ended
    ages = [1000 * (t - sent[n]) for t, kind, n in screen.frames if kind == 0 and n in sent]
    shown = sum(kind == 0 and n in sent and t < ended for t, kind, n in screen.frames)
    middle, high = np.percentile(ages[:-1] or ages, [50, 95])
    return (
        f"  {op:14} {shown / SECONDS:5.1f} frames/s, age {middle:4.0f} ms, "
        f"p95 {high:4.0f} ms, settled after {1000 * settled:4.0f} ms"
    )


def measure(server: Server, path: Path) -> None:
    """Upload a photo, look at it, drag its sliders, and print the figures."""
    headers = {"Authorization": f"Bearer {server.token}"}
    with httpx.Client(base_url=server.url, headers=headers, timeout=120) as client:
        photo = client.post("/api/photos", files={"file": (path.name, path.read_bytes())}).json()
        started = time.monotonic()
        project = client.post("/api/projects", json={"photo": photo["id"]}).json()
    scale = min(1.0, LONGEST / max(photo["width"], photo["height"]))
    view = {"x": 0, "y": 0, "w": photo["width"], "h": photo["height"]}
    view |= {"width": round(view["w"] * scale), "height": round(view["h"] * scale)}
    address = server.url.replace("http", "ws") + f"/api/projects/{project['id']}/live"
    with connect(address, additional_headers=headers, proxy=None, max_size=None) as opened:
        opened.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        screen = Screen(opened)
        watching = threading.Thread(target=screen.watch)
        watching.start()

        def send(number: int, recipe: object, dragging: bool) -> None:
            message = {"id": number, "recipe": recipe, "view": view, "drag": dragging}
            opened.send(json.dumps(message))

        natural = preset("natural")
        send(1, natural, False)
        settled = screen.when({"settled": 1}) - started
        known = screen.when({"analysis": "ready"}) - started
        print(
            f"{path.name}, {photo['width']} × {photo['height']}: first picture "
            f"{screen.frames[0][0] - started:.2f} s, faces {known:.2f} s, Natural {settled:.2f} s"
        )
        for number, op in enumerate(SLIDERS, start=1):
            time.sleep(0.4)
            print(drag(screen, send, natural, op, 1000 * number), flush=True)
        opened.close()
        watching.join()


def main() -> None:
    """Measure every photo named on the command line."""
    with tempfile.TemporaryDirectory() as folder, nursery() as start:
        server = start(Path(folder))
        for name in sys.argv[1:]:
            measure(server, Path(name))
    print(CPU_NOTE)


if __name__ == "__main__":
    main()
