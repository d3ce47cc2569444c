"""Many people at one server: what a page and a frame cost, and how long they take in a crowd.

Run as `python -m benchmarks.crowd [PHOTO...]`. First every kind of page is opened alone, and one
slider is dragged alone: processor time of the server and its workers, which other programs of the
machine do not change. Then so many people browse as `--people` says (a page every ten seconds or
so) while `--dragging` drag a slider, each on a photo of their own: errors, pages (asked → all of it
answered) and frames (change sent → frame here), on the clock.
"""

import argparse
import asyncio
import json
import math
import random
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path

import httpx
import numpy as np
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from benchmarks.crowd_server import Person, Standing, standing
from benchmarks.live import HEADER, changes
from freckle.studio.recipes import preset

PAUSE_S = 10.0
"""Between two pages of one person, on average."""
RATE = 30
"""Changes a second of a slider that is dragged."""
ALONE = 20
"""Times that each page is opened alone."""
BAR_MS = 300.0
"""Pages, 95 of 100."""
THUMB, CARD = 160, 420


async def home(person: Person, _standing: Standing) -> None:
    """Open the list of projects with its pictures."""
    await person.ask("/")
    lists = "/api/session", "/api/handover", "/api/sets", "/api/projects?limit=60&sort=changed"
    projects = (await person.ask(*lists))[-1].json()
    for each in projects[:12]:
        await person.once(
            f"/api/photos/{each['photo']}/thumb?size={CARD}",
            f"/api/projects/{each['id']}/thumb?size={CARD}&revision={each['revision']}",
        )


async def editor(person: Person, there: Standing) -> None:
    """Open a photo as the editor does, but for its live preview."""
    place = f"/api/projects/{random.choice(there.projects)}"  # noqa: S311 - whichever
    await person.ask("/")
    lists = place, f"{place}/history", f"{place}/analysis", "/api/session", "/api/presets/own"
    await person.ask(*lists)
    await person.once("/api/catalogue", "/api/presets", f"{place}/export")
    names = ("none", "natural", "clean", "headshot", "beauty", "mature", "teen", "outdoor")
    await person.once(*(f"{place}/presets/{name}/thumb?size={THUMB}" for name in names))


async def gallery(person: Person, there: Standing) -> None:
    """Open a set with its pictures."""
    place = f"/api/sets/{there.photo_set}"
    await person.ask("/")
    photos = (await person.ask(place, "/api/session", f"{place}/photos?limit=200"))[-1].json()
    await person.once(
        *(
            f"/api/projects/{each['project']}/thumb?size={CARD}&revision={each['revision']}"
            for each in photos[:24]
        )
    )


PAGES: dict[str, Callable[[Person, Standing], Awaitable[None]]] = {
    "home": home,
    "editor": editor,
    "set": gallery,
}
SHARES = (0.4, 0.4, 0.2)
"""Of the pages that people open."""


@dataclass
class Seen:
    """What happened to everybody."""

    pages: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    """Milliseconds."""
    frames: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)


async def browse(person: Person, there: Standing, seen: Seen, until: float) -> None:
    """Open a page, look at it for a while, open another."""
    await asyncio.sleep(random.uniform(0, PAUSE_S))  # noqa: S311 - nobody guesses it
    while time.monotonic() < until:
        (kind,) = random.choices(list(PAGES), SHARES)  # noqa: S311
        started = time.monotonic()
        try:
            await PAGES[kind](person, there)
        except httpx.HTTPError as error:
            seen.errors.append(f"{kind}: {error!r}"[:200])
        else:
            seen.pages[kind].append(1000 * (time.monotonic() - started))
        await asyncio.sleep(random.expovariate(1 / PAUSE_S))


@dataclass
class Hand:
    """One slider under one finger, and the frames that come of it."""

    socket: ClientConnection
    view: dict[str, int]
    seen: Seen
    sent: dict[int, float] = field(default_factory=dict)

    async def send(self, number: int, what: object, base: int | None) -> None:
        """Send a whole recipe, or what changes in that of number `base`."""
        self.sent[number] = time.monotonic()
        head = {"id": number, "base": base, "view": self.view, "drag": base is not None}
        await self.socket.send(f"{json.dumps(head)}\n{json.dumps(what)}")

    async def watch(self) -> None:
        """Take and acknowledge frames until the socket closes."""
        async for message in self.socket:
            if isinstance(message, bytes):
                _, _, kind, number, *_ = HEADER.unpack(message[: HEADER.size])
                if kind != 1 and number in self.sent:  # the original is not counted
                    self.seen.frames.append(1000 * (time.monotonic() - self.sent[number]))
                    await self.socket.send(json.dumps({"ack": number}))
            elif '"message"' in message:
                self.seen.errors.append(f"drag: {message}"[:200])


async def drag(there: Standing, number: int, seen: Seen, seconds: float) -> None:
    """Drag smoothing to and fro on a photo of one's own."""
    project, size = there.own[number]
    scale = min(1.0, 1200 / max(size))
    view = {"x": 0, "y": 0, "w": size[0], "h": size[1]}
    view |= {"width": round(size[0] * scale), "height": round(size[1] * scale)}
    address = f"{there.url.replace('http', 'ws')}/api/projects/{project}/live"
    headers = there.headers(number)
    async with connect(address, additional_headers=headers, proxy=None, max_size=None) as socket:
        hand, natural = Hand(socket, view, seen), preset("natural")
        watching = asyncio.create_task(hand.watch())
        await hand.send(1, natural, None)
        await asyncio.sleep(there.warm_s)
        seen.frames.clear()
        for step in range(2, round(seconds * RATE)):
            await hand.send(step, changes(natural, "smooth", 20 + 15 * math.sin(step / 20)), 1)
            await asyncio.sleep(1 / RATE)
        await asyncio.sleep(1.0)
        await socket.close()
        with suppress(ConnectionClosed):
            await watching


async def alone(there: Standing) -> None:
    """Print what each page costs when nobody else is there, and what a frame does."""
    print("Processor time, one person alone")
    for kind, page in PAGES.items():
        for what, fresh in (("first visit", True), ("again", False)):
            person = there.person(0)
            if not fresh:
                await page(person, there)
            used = there.cpu()
            for _ in range(ALONE):
                person = there.person(0) if fresh else person
                await page(person, there)
            spent = 1000 * (there.cpu() - used) / ALONE
            print(f"  {kind + ', ' + what:22} {spent:6.1f} ms", flush=True)
    seen = Seen()
    await drag(there, 0, seen, 2.0)
    used, seen = there.cpu(), Seen()
    await drag(there, 0, seen, 6.0)
    spent = 1000 * (there.cpu() - used) / max(1, len(seen.frames))
    print(f"  {'frame of a drag':22} {spent:6.1f} ms ({len(seen.frames)} frames)", flush=True)


async def together(there: Standing, people: int, dragging: int, seconds: float) -> bool:
    """Print how a crowd fares; return whether the bars hold."""
    seen = Seen()
    everybody = [there.person(number) for number in range(people)]
    await asyncio.gather(*(person.ask("/api/session") for person in everybody))
    used, started = there.cpu(), time.monotonic()
    until = started + there.warm_s + seconds
    drags = [drag(there, number, seen, seconds) for number in range(dragging)]
    visits = [browse(person, there, seen, until) for person in everybody]
    await asyncio.gather(*drags, *visits)
    busy = (there.cpu() - used) / (time.monotonic() - started)
    print(f"{people} people browsing, {dragging} dragging, {seconds:.0f} s: {busy:.2f} cores busy")
    for kind, took in seen.pages.items():
        print(f"  {kind:8} {len(took):5} pages, {said(took)}")
    every = [each for took in seen.pages.values() for each in took]
    print(f"  all      {len(every):5} pages, {said(every)}")
    print(f"  frames   {len(seen.frames):5}, {said(seen.frames)}")
    print(f"  errors   {len(seen.errors):5} {seen.errors[:5]}")
    return not seen.errors and bool(every) and float(np.percentile(every, 95)) <= BAR_MS


def said(took: Sequence[float]) -> str:
    """Return middle and 95th of a hundred, in words."""
    if not took:
        return "nothing"
    middle, high = np.percentile(took, [50, 95])
    return f"p50 {middle:.0f} ms, p95 {high:.0f} ms"


def main() -> None:
    """Measure; ends with 1 where a bar is missed."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("photos", metavar="PHOTO", type=Path, nargs="*")
    parser.add_argument("--people", type=int, default=200)
    parser.add_argument("--dragging", type=int, default=20)
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--alone", action="store_true", help="only what pages and frames cost")
    asked = parser.parse_args()
    photos = asked.photos or [Path(str(files("skimage") / "data" / "astronaut.png"))]
    held = True
    with tempfile.TemporaryDirectory() as folder:
        there = standing(Path(folder), photos, max(asked.people, asked.dragging), asked.dragging)
        try:
            asyncio.run(alone(there))
            if not asked.alone:
                held = asyncio.run(together(there, asked.people, asked.dragging, asked.seconds))
        finally:
            there.end()
    sys.exit(0 if held else 1)


if __name__ == "__main__":
    main()
