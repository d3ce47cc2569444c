"""Routes: the poster of a project, kept for every browser and everybody who works on it."""

from typing import Annotated, Final

from fastapi import APIRouter
from pydantic import Field

from freckle.poster.design import Poster
from freckle.server.gate import Me
from freckle.server.house import Here
from freckle.server.rooms.posters import KeptPoster
from freckle.server.wire import Answer, Body

ROUTES: Final = APIRouter(prefix="/api/projects/{project}/poster", tags=["posters"])


class PosterAnswer(Answer):
    """A project's poster."""

    revision: int
    """How often it was written; 0 where there is none."""
    poster: Poster | None


class PosterChange(Body):
    """A poster, and the revision that it was made of."""

    base: Annotated[int, Field(ge=0, le=2**31 - 2)]
    poster: Poster


@ROUTES.get("")
async def kept(project: str, me: Me, here: Here) -> PosterAnswer:
    """Return the poster as it was last kept; one of an older format comes in today's."""
    return _answer(await here.stored(here.store.poster, me, project))


@ROUTES.put("")
async def keep(project: str, request: PosterChange, me: Me, here: Here) -> PosterAnswer:
    """Keep a poster. Refused as `stale` where somebody has kept another since `base`."""
    plain = request.poster.model_dump(mode="json")
    return _answer(await here.stored(here.store.keep_poster, me, project, request.base, plain))


def _answer(kept: KeptPoster) -> PosterAnswer:
    poster = None if kept.poster is None else Poster.read(kept.poster)
    return PosterAnswer(revision=kept.revision, poster=poster)
