"""Routes: the editor hands its result over to the program that waits for it."""

from functools import partial
from typing import Annotated, Final, Literal, cast, get_args

from anyio import to_thread
from fastapi import APIRouter, BackgroundTasks
from pydantic import Field

from freckle.codec.files import read_file
from freckle.codec.formats import BY_ENDING
from freckle.disk import atomic_write
from freckle.errors import Code, Refusal
from freckle.server.downloads import exported
from freckle.server.gate import Me
from freckle.server.handover import Handover, Outcome
from freckle.server.house import Here, House
from freckle.server.originals import Incoming
from freckle.server.photos import admit
from freckle.server.problems import WebError, not_found
from freckle.server.store import LOCAL
from freckle.server.wire import Answer, Body, ExportRequest
from freckle.studio.recipes import NOTHING

ROUTES: Final = APIRouter(prefix="/api/handover", tags=["handover"])


class HandoverAnswer(Answer):
    """What another program waits for."""

    project: str
    """The one to edit."""
    output: str
    """Name of the file that will be written."""


class HandoverStep(Body):
    """What the editor does about it."""

    do: Annotated[
        Literal["arrive", "leave", "done", "cancel"],
        Field(description="a window opens, a window closes, hand the result over, write nothing"),
    ]


@ROUTES.get("")
async def awaited(_me: Me, here: Here) -> HandoverAnswer | None:
    """Say what another program waits for; null where the editor runs for itself."""
    found = here.handover
    if found is None:
        return None
    return HandoverAnswer(project=found.project, output=found.asked.output.name)


@ROUTES.post("", status_code=204)
async def step(request: HandoverStep, _me: Me, here: Here, afterwards: BackgroundTasks) -> None:
    """Open or close a window; write the result, or not, and then end the server."""
    found = here.handover
    if found is None:
        raise not_found("program that waits")
    match request.do:
        case "arrive":
            found.arrive()
        case "leave":
            found.leave()
        case "done":
            await _write(here, found)
            afterwards.add_task(_end, found, "done")
        case "cancel":
            afterwards.add_task(_end, found, "cancelled")


async def _end(found: Handover, outcome: Outcome) -> None:
    found.end(outcome)


async def _write(here: House, found: Handover) -> None:
    """Render the newest saved recipe into the output, whole or not at all."""
    stored = await here.project(LOCAL, found.project)
    named = BY_ENDING.get(found.asked.output.suffix.lower())
    path = await exported(here, stored, ExportRequest(format=named.name if named else None))
    data = await to_thread.run_sync(path.read_bytes)
    await to_thread.run_sync(atomic_write, found.asked.output, data)


async def prepare(here: House, found: Handover) -> str:
    """Take the photo in, make its project, and return its page. Raises what the decoder refuses."""
    incoming = await to_thread.run_sync(here.originals.receive)
    try:
        data = await to_thread.run_sync(read_file, found.asked.source)
        await to_thread.run_sync(_fill, incoming, data)
        photo = await admit(here, LOCAL, incoming, found.asked.source.name)
    except WebError as error:
        if error.code not in get_args(Code):
            raise
        raise Refusal(cast(Code, error.code), error.message, error.remedy) from None
    finally:
        await to_thread.run_sync(incoming.discard)
    create = partial(
        here.store.create_project, LOCAL, photo.digest, found.asked.source.stem, NOTHING
    )
    found.project = (await to_thread.run_sync(create)).id
    return f"edit/{found.project}"


def _fill(incoming: Incoming, data: bytes) -> None:
    incoming.write(data)
    incoming.finish()
