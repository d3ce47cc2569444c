"""The live preview: newest wins, nothing is drawn that nobody will see, and it ends sharp.

One `Live` per socket. The editor sends every change; only the newest is kept. A frame is drawn
when fewer than two (one, on a slow line) are on their way to the screen. While dragging, its size
follows the machine's pace; 120 ms after the last change the final frame comes in full.
"""

import asyncio
import time
from collections import deque
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Final

from fastapi import APIRouter, WebSocket, WebSocketDisconnect
from pydantic import TypeAdapter, ValidationError

from freckle.errors import FreckleError
from freckle.server.frames import Kind, pack, rendering_ms
from freckle.server.gate import identify
from freckle.server.house import House, house
from freckle.server.pace import Pace
from freckle.server.problems import WebError, problem_of
from freckle.server.protocol import Message
from freckle.server.refusing import answer
from freckle.server.wire import (
    LiveAck,
    LiveAnalysis,
    LiveChange,
    LiveError,
    LiveSettled,
    View,
)
from freckle.studio.drawing import Region, joined
from freckle.studio.recipes import parse

ROUTES: Final = APIRouter()
WINDOW: Final = 2
SETTLE_S: Final = 0.12
PATIENCE_S: Final = 1.0
"""A frame not acknowledged for this long is given up, so that a lost ack stops nothing."""
EXPENSIVE_MS: Final = 150.0
"""Frames expected to take longer are given up for a newer change, but never twice in a row."""
FAST_MS: Final = 50.0
"""A screen that shows a frame within this time is never called slow."""
DRAG_QUALITY: Final = 85
FINAL_QUALITY: Final = 92
LONGEST_MESSAGE: Final = 4 << 20

INCOMING: Final[TypeAdapter[LiveChange | LiveAck]] = TypeAdapter(LiveChange | LiveAck)


@dataclass(frozen=True, slots=True)
class Change:
    """A message of the editor, numbered as it came."""

    serial: int
    asked: LiveChange
    recipe: dict[str, Any]
    arrived: float


@dataclass(frozen=True, slots=True)
class Flying:
    """A frame on its way to the screen."""

    number: int
    sent: float
    took_ms: float


@dataclass(frozen=True, slots=True)
class Under:
    """The last whole frame sent, on which patches can be laid, and where it may be covered."""

    view: View
    ground: str
    cover: Region | None


class Live:
    """One editor window looking at one photo."""

    def __init__(self, socket: WebSocket, here: House, digest: str) -> None:
        """Prepare for an accepted socket."""
        self._socket, self._here, self._digest = socket, here, digest
        self._pace = Pace()
        self._newest: Change | None = None
        self._dragged = self._final = 0  # serials of the last frames of either kind
        self._shown: tuple[str, View] | None = None  # frame and view of the last original sent
        self._under: Under | None = None
        self._flying: deque[Flying] = deque()  # sent and not acknowledged
        self._window = WINDOW
        self._drawing: asyncio.Task[Message] | None = None
        self._expendable = False
        self._given_up = False
        self._bell = asyncio.Event()

    async def run(self) -> None:
        """Serve until the editor goes away."""
        draw = asyncio.create_task(self._draw())
        try:
            await self._listen()
        except WebSocketDisconnect:
            return
        finally:
            draw.cancel()
            with suppress(asyncio.CancelledError, WebSocketDisconnect, RuntimeError):
                await draw

    async def _listen(self) -> None:
        while True:
            text = await self._socket.receive_text()
            try:
                message = INCOMING.validate_json(text)
                if isinstance(message, LiveAck):
                    self._acknowledge(message.ack)
                else:
                    self._change(message)
            except ValidationError:
                await self._complain(
                    WebError("bad_request", "This change was not understood.", "Reload the page.")
                )
            except FreckleError as error:
                await self._complain(error)

    def _change(self, message: LiveChange) -> None:
        serial = self._newest.serial + 1 if self._newest else 1
        self._newest = Change(serial, message, parse(message.recipe), time.monotonic())
        if self._drawing and self._expendable and not self._given_up:
            self._given_up = True
            self._drawing.cancel()
        self._bell.set()

    def _acknowledge(self, number: int) -> None:
        now = time.monotonic()
        while self._flying and self._flying[0].number <= number:
            frame = self._flying.popleft()
            slow = (now - frame.sent) * 1000 > max(frame.took_ms, FAST_MS)
            self._window = 1 if slow else WINDOW
        self._bell.set()

    async def _draw(self) -> None:
        await self._opening()
        while True:
            change = self._newest
            kind, wait = self._due(change, time.monotonic())
            if change is None or kind is None:
                await self._rest(wait)
            else:
                await self._attempt(change, kind)

    async def _opening(self) -> None:
        """Show the photo before the faces are known, then have them found."""
        while self._newest is None:
            await self._rest(None)
        await self._attempt(self._newest, "original")
        try:
            await self._here.ask(self._digest, {"do": "analysis"})
            await self._tell(LiveAnalysis())
        except FreckleError as error:
            await self._complain(error)

    def _due(self, change: Change | None, now: float) -> tuple[Kind | None, float | None]:
        """Say what to draw now; if nothing, how many seconds to wait (None: for the bell)."""
        if change is None or self._final == change.serial:
            return self._original_due(change), None
        if self._blocked(now):
            return None, PATIENCE_S / 4
        if self._dragged != change.serial and not self._straight(change):
            return "drag", None
        rest = change.arrived + SETTLE_S - now
        if rest <= 0 or not change.asked.drag:
            return "final", None
        return None, rest

    def _original_due(self, change: Change | None) -> Kind | None:
        """After the final frame of a new view, its original: for comparing without a wait."""
        if change is None or (change.asked.frame, change.asked.view) == self._shown:
            return None
        return "original"

    def _straight(self, change: Change) -> bool:
        """Whether the final frame is fast enough to come at once (nobody is dragging)."""
        view = change.asked.view
        return not change.asked.drag and (
            self._pace.expected_ms(view.width, view.height) <= EXPENSIVE_MS
        )

    def _blocked(self, now: float) -> bool:
        while self._flying and now - self._flying[0].sent > PATIENCE_S:
            self._flying.popleft()
        return len(self._flying) >= self._window

    async def _rest(self, seconds: float | None) -> None:
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._bell.wait()
        self._bell.clear()

    async def _attempt(self, change: Change, kind: Kind) -> None:
        try:
            frame = await self._render(change, kind)
            if frame is None:
                return
            await self._send(change, kind, frame)
        except FreckleError as error:
            await self._complain(error)
        self._done(change, kind)

    async def _render(self, change: Change, kind: Kind) -> Message | None:
        """Have a frame drawn; None when it was given up for a newer change."""
        view = change.asked.view
        size = view.width, view.height
        if kind == "drag":
            size = self._pace.size(*size)
        request: dict[str, Any] = {
            "do": "preview",
            "recipe": change.recipe,
            "original": kind == "original",
            "view": {**view.model_dump(), "width": size[0], "height": size[1]},
            "quick": kind == "drag",
            "quality": DRAG_QUALITY if kind == "drag" else FINAL_QUALITY,
        }
        if kind == "drag" and self._under and self._under.view == view:
            request["patch"] = self._under.ground, self._under.cover
        expensive = self._pace.expected_ms(*size) > EXPENSIVE_MS
        self._expendable = (kind != "drag" or expensive) and not self._given_up
        self._drawing = asyncio.create_task(self._here.ask(self._digest, request, priority=0))
        try:
            frame = await self._drawing
        except asyncio.CancelledError:
            if asyncio.current_task().cancelling():  # type: ignore[union-attr]
                raise
            return None
        finally:
            self._drawing = None
        self._given_up = False
        return frame

    async def _send(self, change: Change, kind: Kind, frame: Message) -> None:
        head = frame.head
        if kind != "original":
            took = rendering_ms(head) + head["encode_ms"]
            self._flying.append(Flying(change.asked.id, time.monotonic(), took))
            self._learn(change.asked.view, head)
        await self._socket.send_bytes(pack(change.asked.id, kind, frame))
        if kind == "final":
            await self._tell(LiveSettled(settled=change.asked.id))

    def _learn(self, view: View, head: Mapping[str, Any]) -> None:
        """Take in what a frame cost, and what the screen shows with it."""
        *_, w, h = head["region"]
        self._pace.learn(
            fixed_ms=head["work_ms"],
            drawing_ms=head["draw_ms"] + head["encode_ms"],
            pixels=head["width"] * head["height"] * view.w * view.h / (w * h),
        )
        changed = tuple(head["changed"]) if head["changed"] else None
        if head["patch"] and self._under:
            changed = joined(self._under.cover, changed)
        self._under = Under(view, head["ground"], changed)

    def _done(self, change: Change, kind: Kind) -> None:
        newest = self._newest.serial if self._newest else 0
        if kind == "original":
            self._shown = change.asked.frame, change.asked.view
        elif kind == "drag":
            self._dragged = change.serial
        elif newest == change.serial:
            self._final = self._dragged = change.serial

    async def _complain(self, error: Exception) -> None:
        await self._tell(LiveError(error=problem_of(error)))

    async def _tell(self, message: LiveError | LiveAnalysis | LiveSettled) -> None:
        await self._socket.send_text(message.model_dump_json(exclude_none=True))


@ROUTES.websocket("/api/projects/{project}/live")
async def live(socket: WebSocket, project: str) -> None:
    """Serve one editor window."""
    here = house(socket)
    try:
        user = identify(socket)
        stored = await here.project(user, project)
    except WebError as error:
        await socket.send_denial_response(answer(error))
        return
    await socket.accept()
    await Live(socket, here, stored.photo.digest).run()
