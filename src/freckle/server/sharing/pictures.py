"""Pictures and reports for guests, kept on the disk; who may have them is asked each time."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

from anyio import to_thread
from starlette.requests import Request

from freckle.ops.catalogue import BY_NAME
from freckle.report.changes import kind_of
from freckle.report.figures import WorkKind
from freckle.server.exports import keep, kept_name, place, prune, touch
from freckle.server.house import House
from freckle.server.rooms.shares import Shown
from freckle.server.sharing.terms import Carried, Terms
from freckle.server.sharing.wire import SharedReport, SharedTool
from freckle.server.wanted import while_wanted

SIZES: Final = (320, 640, 1024, 2048, 4096)
"""Longer sides that are drawn: a few, so that nobody makes the server draw a thousand."""
GENERATING: Final = frozenset({"upscale"})
"""Panels whose tools make up pixels by a network."""


def side_for(asked: int, terms: Terms) -> int:
    """Return the longer side for what a screen asks for, at most what the link allows."""
    return min(next((size for size in SIZES if size >= asked), SIZES[-1]), terms.longest)


@dataclass(frozen=True, slots=True)
class Wanted:
    """How a picture is to be drawn."""

    longest: int
    """Its longer side in pixels."""
    before: bool = False
    """The original, in the frame of the retouch."""
    metadata: Carried = "nothing"


async def drawn(here: House, shown: Shown, terms: Terms, wanted: Wanted, request: Request) -> Path:
    """Return a JPEG of a picture; its name says all that it depends on."""
    how = {**asdict(wanted), "watermark": terms.watermark.strip()}
    name = kept_name(shown.digest, shown.recipe, {"shown": how})
    known = await to_thread.run_sync(touch, here.exports, name)
    if known:
        return known
    task = {"do": "shown", "recipe": dict(shown.recipe), **how}
    answer = await while_wanted(request, here.ask(shown.digest, task))
    return await _kept(here, name, ".jpg", answer.body)


async def reported(here: House, shown: Shown, request: Request) -> SharedReport:
    """Say what was changed in a picture, in what a guest can use."""
    name = kept_name(shown.digest, shown.recipe, {"report": "shown"})
    known = await to_thread.run_sync(touch, here.exports, name)
    if known:
        return SharedReport.model_validate_json(await to_thread.run_sync(known.read_bytes))
    task = {"do": "report", "recipe": dict(shown.recipe)}
    answer = await while_wanted(request, here.ask(shown.digest, task, priority=2))
    report = _for_guests(answer.head["report"])
    await _kept(here, name, ".json", json.dumps(report.model_dump()).encode())
    return report


async def _kept(here: House, name: str, ending: str, content: bytes) -> Path:
    path = await to_thread.run_sync(keep, place(here.exports, name), ending, content)
    await to_thread.run_sync(prune, here.exports, here.settings.export_bytes)
    return path


def _for_guests(report: dict[str, Any]) -> SharedReport:
    changed = [*(one for face in report["faces"] for one in face["changed"]), *report["changed"]]
    tools = {one["op"]: one for one in changed}
    return SharedReport(
        texture_kept=report["texture_kept"],
        tone_shift=report["tone_shift"],
        healed=report["healed"],
        tools=[
            SharedTool(op=name, label=one["label"], kind=_kind(name)) for name, one in tools.items()
        ],
        generated=[name for name in tools if BY_NAME[name].panel in GENERATING],
    )


def _kind(name: str) -> WorkKind:
    return kind_of(BY_NAME[name])
