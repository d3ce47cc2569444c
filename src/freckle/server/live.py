"""The live preview: newest wins, nothing is drawn that nobody will see, and it ends sharp.

One `Live` per socket. The editor sends every change; only the newest is kept. A frame is drawn
when fewer than two (one, on a slow line) are on their way to the screen. While dragging, its size
follows the machine's pace; 120 ms after the last change the final frame comes in full.

Recipes pass through unread: the worker keeps and checks them, so a long one costs the loop nothing.
"""

import asyncio
import time
import uuid
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Final

from fastapi import APIRouter, WebSocket, WebSocketDisconnect

from freckle.errors import FreckleError
from freckle.jobs.protocol import Message
from freckle.server.bodies import too_large
from freckle.server.flight import PATIENCE_S, Flight
from freckle.server.frames import Kind, pack, rendering_ms
from freckle.server.gate import Me
from freckle.server.house import House, house
from freckle.server.messages import (
    LiveAck,
    LiveAnalysis,
    LiveChange,
    LiveError,
    LiveSettled,
    LiveUnknown,
    Told,
    read,
)
from freckle.server.pace import Pace
from freckle.server.problems import WebError, problem_of
from freckle.server.refusing import answer
from freckle.server.watching import while_allowed
from freckle.server.wire import View
from freckle.studio.drawing import Region, joined

ROUTES: Final = APIRouter()
SETTLE_S: Final = 0.12
EXPENSIVE_MS: Final = 150.0
"""Frames expected to take longer are given up for a newer change, but never twice in a row."""
DRAG_QUALITY: Final = 85
FINAL_QUALITY: Final = 92
LONGEST_MESSAGE: Final = 4 << 20
"""Characters; longer messages are refused, those of twice the size end the connection."""


@dataclass(frozen=True, slots=True)
class Change:
    """A message of the editor, numbered as it came; `text` is its recipe, or what changed."""

    serial: int
    asked: LiveChange
    text: bytes
    arrived: float


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
        self._window = uuid.uuid4().hex
        self._pace = Pace()
        self._flight = Flight()
        self._lesson: Change | None = None  # holds a whole recipe that no worker has seen yet
        self._known: int | None = None  # number of the last recipe that the worker surely has
        self._newest: Change | None = None
        self._dragged = self._final = 0  # serials of the last frames of either kind
        self._shown: tuple[str, View] | None = None  # frame and view of the last original sent
        self._under: Under | None = None
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
            text = (await self._next()).get("text") or ""
            try:
                if len(text) > LONGEST_MESSAGE:
                    raise too_large(LONGEST_MESSAGE)
                message, recipe = read(text)
            except FreckleError as error:
                await self._complain(error)
                continue
            if isinstance(message, LiveAck):
                self._flight.land(message.ack)
            else:
                self._change(message, recipe)
            self._bell.set()

    async def _next(self) -> Mapping[str, Any]:
        message = await self._socket.receive()
        if message["type"] == "websocket.disconnect":
            raise WebSocketDisconnect(message["code"])
        return message

    def _change(self, message: LiveChange, recipe: bytes) -> None:
        serial = self._newest.serial + 1 if self._newest else 1
        self._newest = Change(serial, message, recipe, time.monotonic())
        self._known = None
        if message.base is None:
            self._lesson = self._newest
        if self._drawing and self._expendable and not self._given_up:
            self._given_up = True
            self._drawing.cancel()

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
        """Show the photo before the faces are known, then have them found, without marks."""
        while self._newest is None:
            await self._rest(None)
        await self._attempt(self._newest, "original")
        try:
            await self._here.ask(self._digest, {"do": "analysis", "quick": True})
            await self._tell(LiveAnalysis())
        except FreckleError as error:
            await self._complain(error)

    def _due(self, change: Change | None, now: float) -> tuple[Kind | None, float | None]:
        """Say what to draw now; if nothing, how many seconds to wait (None: for the bell)."""
        if change is None or self._final == change.serial:
            return self._original_due(change), None
        if self._flight.full():
            return None, PATIENCE_S / 4
        if self._dragged != change.serial and not self._straight(change):
            return "drag", None
        rest = change.arrived + SETTLE_S - now
        if rest <= 0 or not change.asked.drag:
            return "final", None
        return None, rest

    def _original_due(self, change: Change | None) -> Kind | None:
        """After the final frame of a new view, its original: for comparing without a wait."""
        seen = change is None or (change.asked.frame, change.asked.view) == self._shown
        return None if seen else "original"

    def _straight(self, change: Change) -> bool:
        """Whether the final frame is fast enough to come at once (nobody is dragging)."""
        view = change.asked.view
        return not change.asked.drag and (
            self._pace.expected_ms(view.width, view.height) <= EXPENSIVE_MS
        )

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
            if frame.head.get("unknown"):
                kind = "final"  # until the editor has answered with the whole recipe
                await self._tell(LiveUnknown(unknown=change.asked.id))
            else:
                kind = "drag" if frame.head["rough"] else kind  # the final one is still owed
                await self._send(change, kind, frame)
        except FreckleError as error:
            if kind == "drag" and problem_of(error).code == "bad_request":
                kind = "final"  # the recipe would be refused a second time
            await self._complain(error)
        self._done(change, kind)

    async def _teach(self) -> None:
        """Give the worker the last whole recipe: changes that came since refer to it."""
        lesson, self._lesson = self._lesson, None
        if lesson:
            request = {"do": "learn", "draft": self._draft(lesson)}
            await self._here.ask(self._digest, request, lesson.text, priority=0)
            if self._newest is lesson:
                self._known = lesson.asked.id

    def _draft(self, change: Change) -> dict[str, Any]:
        return {"window": self._window, "number": change.asked.id, "base": change.asked.base}

    async def _render(self, change: Change, kind: Kind) -> Message | None:
        """Have a frame drawn; None when it was given up for a newer change."""
        await self._teach()
        view = change.asked.view
        size = view.width, view.height
        size = self._pace.size(*size) if kind == "drag" else size
        request: dict[str, Any] = {
            "do": "preview",
            "original": kind == "original",
            "draft": self._draft(change),
            "view": {**view.model_dump(), "width": size[0], "height": size[1]},
            "quick": kind == "drag",
            "first": kind == "final" and self._dragged != change.serial,
            "quality": DRAG_QUALITY if kind == "drag" else FINAL_QUALITY,
        }
        if kind == "drag" and self._under and self._under.view == view:
            request["patch"] = self._under.ground, self._under.cover
        expensive = self._pace.expected_ms(*size) > EXPENSIVE_MS
        self._expendable = (kind != "drag" or expensive) and not self._given_up
        text = b"" if self._known == change.asked.id else change.text
        ask = self._here.ask(self._digest, request, text, priority=0)
        self._drawing = asyncio.create_task(ask)
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
            if change is self._newest:
                self._known = change.asked.id
            self._flight.send(change.asked.id, rendering_ms(head) + head["encode_ms"])
            self._learn(change.asked.view, head)
        await self._socket.send_bytes(pack(change.asked.id, kind, frame))
        if kind == "final":
            await self._tell(LiveSettled(settled=change.asked.id))

    def _learn(self, view: View, head: Mapping[str, Any]) -> None:
        """Take in what a frame cost, and what the screen shows with it."""
        *_, w, h = head["region"]
        cost = head["draw_ms"] + head["encode_ms"]
        pixels = head["width"] * head["height"] * view.w * view.h / (w * h)
        if not head["rough"]:  # people were cut out for it, which happens once
            self._pace.learn(fixed_ms=head["work_ms"], drawing_ms=cost, pixels=pixels)
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

    async def _tell(self, message: Told) -> None:
        await self._socket.send_text(message.model_dump_json(exclude_none=True))


@ROUTES.websocket("/api/projects/{project}/live")
async def live(socket: WebSocket, project: str, me: Me, revision: int | None = None) -> None:
    """Serve one editor window, which knows the history as far as `revision`."""
    here = house(socket)
    try:
        stored = await here.project(me, project)
    except WebError as error:
        await socket.send_denial_response(answer(error))
        return
    await socket.accept()
    await while_allowed(socket, project, revision, Live(socket, here, stored.photo.digest).run())
