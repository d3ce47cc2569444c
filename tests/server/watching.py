"""An editor without a screen: opens the live socket, keeps what comes, acknowledges if told to."""

import json
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import httpx
import numpy as np
import simplejpeg
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect

from freckle.studio.recipes import NOTHING
from tests.server.serving import Running

HEADER = struct.Struct("<IHHIffffHH")


@dataclass
class Frame:
    kind: int
    id: int
    region: tuple[float, ...]
    jpeg: bytes

    @property
    def picture(self) -> np.ndarray[Any, Any]:
        return np.asarray(simplejpeg.decode_jpeg(self.jpeg))


@dataclass
class Editor:
    socket: ClientConnection
    acknowledging: bool = True
    frames: list[Frame] = field(default_factory=list)
    texts: list[dict[str, Any]] = field(default_factory=list)
    number: int = 0
    changed: threading.Condition = field(default_factory=threading.Condition)
    ended: threading.Event = field(default_factory=threading.Event)

    def change(
        self,
        *,
        recipe: object = NOTHING,
        base: int | None = None,
        drag: bool = False,
        **view: float,
    ) -> int:
        """Send a recipe; with a `base`, what changed in the one of that number."""
        self.number += 1
        whole = {"x": 0, "y": 0, "w": 640, "h": 480, "width": 640, "height": 480}
        head = {"id": self.number, "base": base, "view": whole | view, "drag": drag}
        self.socket.send(f"{json.dumps(head)}\n{json.dumps(recipe)}")
        return self.number

    def acknowledge(self, number: int) -> None:
        self.socket.send(json.dumps({"ack": number}))

    def wait(self, ready: Any, seconds: float = 60) -> None:
        with self.changed:
            assert self.changed.wait_for(lambda: ready(self), seconds), (self.texts, self.frames)

    def settle(self, number: int) -> None:
        self.wait(lambda e: {"settled": number} in e.texts)

    def edited(self) -> list[Frame]:
        return [frame for frame in self.frames if frame.kind != 1]

    def listen(self) -> None:
        try:
            for message in self.socket:
                self._hear(message)
        except ConnectionClosed:
            pass
        finally:
            self.ended.set()

    def _hear(self, message: str | bytes) -> None:
        with self.changed:
            if isinstance(message, str):
                self.texts.append(json.loads(message))
            else:
                magic, version, kind, number, *region, _, _ = HEADER.unpack(message[:32])
                assert (magic, version) == (0x4C4B5246, 1)
                self.frames.append(Frame(kind, number, tuple(region), message[32:]))
            self.changed.notify_all()
        if isinstance(message, bytes) and self.acknowledging and kind != 1:
            self.acknowledge(number)


@contextmanager
def editor(
    running: Running, client: httpx.Client, project: str, **options: Any
) -> Iterator[Editor]:
    cookie = "; ".join(f"{name}={value}" for name, value in client.cookies.items())
    url = running.url.replace("http", "ws") + f"/api/projects/{project}/live"
    with connect(url, additional_headers={"Cookie": cookie}, proxy=None, max_size=None) as socket:
        found = Editor(socket, **options)
        thread = threading.Thread(target=found.listen)
        thread.start()
        try:
            yield found
        finally:
            socket.close()
            thread.join()
