"""Routes: the style guide of a workspace, and which photos of a set break it."""

import asyncio
from collections.abc import Mapping
from typing import Annotated, Any, Final

from anyio import to_thread
from fastapi import APIRouter, Request, Response
from pydantic import Field

from freckle.errors import FreckleError
from freckle.server.gate import Me
from freckle.server.house import Here, House
from freckle.server.patience import patiently
from freckle.server.problems import not_found, problem_of
from freckle.server.set_wire import NotDone
from freckle.server.users import User
from freckle.server.wire import Answer, Body, Id
from freckle.sets.guides import NAME, Guide, files_in, packed
from freckle.sets.keeping import Rule

ROUTES: Final = APIRouter(prefix="/api", tags=["sets"])
AT_ONCE: Final = 25
"""Photos that are checked by one request."""
FILE: Final[dict[int | str, dict[str, Any]]] = {
    200: {"content": {"application/octet-stream": {}}, "description": "A file of the guide"}
}


class GuideAnswer(Answer):
    """The style guide of a workspace."""

    guide: Guide | None


class StyleRequest(Body):
    """Checks photos of a set."""

    projects: Annotated[list[Id], Field(min_length=1, max_length=AT_ONCE)]


class BreachAnswer(Answer):
    """A rule that a picture breaks."""

    rule: Rule
    found: str
    asked: str
    what: str
    """The tool or slider, or the background's color."""


class PhotoStyle(Answer):
    """A photo, and the rules that it breaks as it is finished now."""

    project: str
    breaches: list[BreachAnswer]


class StyleAnswer(Answer):
    """What was found, in the order that was asked in."""

    photos: list[PhotoStyle]
    failed: list[NotDone]


@ROUTES.get("/guide")
async def guide(me: Me, here: Here) -> GuideAnswer:
    """Return the rules of the guide of the workspace one is in."""
    content = await here.stored(here.store.guide, me)
    return GuideAnswer(guide=None if content is None else await _rules(content))


@ROUTES.put("/guide")
async def take(request: Request, me: Me, here: Here) -> GuideAnswer:
    """Take a guide: the body is its ZIP, or guide.json alone. It takes the other one's place."""
    found = await to_thread.run_sync(files_in, await request.body())
    content = await to_thread.run_sync(packed, found)
    await here.stored(here.store.keep_guide, me, content)
    return GuideAnswer(guide=Guide.parse(found[NAME]))


@ROUTES.delete("/guide", status_code=204)
async def leave(me: Me, here: Here) -> None:
    """Have no guide any more."""
    await here.stored(here.store.keep_guide, me, None)


@ROUTES.get("/guide/file", response_class=Response, responses=FILE)
async def file(me: Me, here: Here) -> Response:
    """Return the guide as one ZIP, to hand on."""
    return _sent(await _kept(here, me), "style-guide.zip")


@ROUTES.get("/guide/logo", response_class=Response, responses=FILE)
async def logo(me: Me, here: Here) -> Response:
    """Return the guide's logo as it was brought; nobody has looked into it."""
    found = await to_thread.run_sync(files_in, await _kept(here, me))
    name = Guide.parse(found[NAME]).logo
    if name is None:
        raise not_found("logo")
    return _sent(found[name], "logo")


@ROUTES.post("/sets/{photo_set}/style")
async def check(photo_set: str, request: StyleRequest, me: Me, here: Here) -> StyleAnswer:
    """Say which rules of their workspace's guide photos of a set break."""
    content = await here.stored(here.store.guide_of_set, me, photo_set)
    if content is None:
        raise not_found("style guide")
    rules = (await _rules(content)).model_dump(mode="json")
    names = await here.stored(here.store.names_in_set, me, photo_set)
    answer = StyleAnswer(photos=[], failed=[])
    asked = list(dict.fromkeys(request.projects))
    looks = [_checked(here, me, project, rules, inside=project in names) for project in asked]
    for project, found in zip(asked, await asyncio.gather(*looks), strict=True):
        if isinstance(found, FreckleError):
            said = problem_of(found)
            words = {"message": said.message, "remedy": said.remedy}
            answer.failed.append(NotDone(project=project, name=names.get(project, ""), **words))
        else:
            breaches = [BreachAnswer.model_validate(each) for each in found]
            answer.photos.append(PhotoStyle(project=project, breaches=breaches))
    return answer


async def _checked(
    here: House, user: User, project: str, rules: Mapping[str, Any], *, inside: bool
) -> list[Mapping[str, Any]] | FreckleError:
    """Check one photo as an extra: whoever edits goes first."""
    try:
        if not inside:
            raise not_found("photo in this set")
        stored = await here.project(user, project)
        task = {"do": "style", "recipe": dict(stored.recipe), "guide": dict(rules)}
        ask = here.ask
        answer = await patiently(lambda: ask(stored.photo.digest, task, priority=2))
    except FreckleError as error:
        return error
    found: list[Mapping[str, Any]] = answer.head["breaches"]
    return found


async def _rules(content: bytes) -> Guide:
    return Guide.parse((await to_thread.run_sync(files_in, content))[NAME])


async def _kept(here: House, user: User) -> bytes:
    content = await here.stored(here.store.guide, user)
    if content is None:
        raise not_found("style guide")
    return content


def _sent(content: bytes, name: str) -> Response:
    headers = {
        "Content-Disposition": f'attachment; filename="{name}"',
        "Cache-Control": "no-store",
    }
    return Response(content, media_type="application/octet-stream", headers=headers)
