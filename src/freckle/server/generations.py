"""Routes: pictures from words, by an image generator that was set up on the server's side."""

from dataclasses import asdict
from typing import Annotated, Any, Final

from fastapi import APIRouter, Response, status
from pydantic import Field

from freckle.errors import GeneratorError
from freckle.generate.wish import LONGEST, Wish, sized
from freckle.server.gate import Me
from freckle.server.house import Here
from freckle.server.problems import WebError, not_found
from freckle.server.wire import Answer, Body
from freckle.server.workshop import Generation, State

ROUTES: Final = APIRouter(prefix="/api", tags=["generator"])
JPEG: Final[dict[int | str, dict[str, Any]]] = {200: {"content": {"image/jpeg": {}}}}
SIDE: Final = 1024
"""Width and height of a square picture; others have its area."""


class GeneratorFacts(Answer):
    """Which image generator there is."""

    name: str | None
    """Its host, or its model's name; none where none is set up."""


class GenerationWishes(Body):
    """Asks for pictures."""

    prompt: Annotated[str, Field(min_length=1, max_length=LONGEST)]
    candidates: Annotated[int, Field(ge=1, le=4)] = 4
    seed: Annotated[int, Field(ge=0, lt=2**31)] = 0
    aspect: Annotated[str, Field(max_length=24)] | None = None
    """Width to height, as 4:5; none: as the photo's."""


class GenerationTrouble(Answer):
    """Why there are no pictures."""

    message: str
    remedy: str


class GenerationState(Answer):
    """How far pictures are that were asked for."""

    id: str
    state: State
    share: float
    """How much is done, 0..1."""
    pictures: int
    trouble: GenerationTrouble | None


@ROUTES.get("/generator")
async def generator(_me: Me, here: Here) -> GeneratorFacts:
    """Say which image generator there is; its address and key stay on the server."""
    return GeneratorFacts(name=here.workshop.name)


@ROUTES.post("/projects/{project}/generations", status_code=status.HTTP_202_ACCEPTED)
async def begin(project: str, request: GenerationWishes, me: Me, here: Here) -> GenerationState:
    """Have the generator make pictures from words: only these go to it, never the photo."""
    stored = await here.project(me, project, "editor")
    aspect = request.aspect or f"{stored.photo.width}:{stored.photo.height}"
    try:
        size = sized(aspect, SIDE)
        wish = Wish(request.prompt, size=size, count=request.candidates, seed=request.seed)
        wish.check()
    except GeneratorError as error:
        raise WebError("bad_request", error.message, error.remedy) from None
    plain = {name: value for name, value in asdict(wish).items() if value is not None}
    return _told(here.workshop.begin(me.id, project, plain))


@ROUTES.get("/projects/{project}/generations/{generation}")
async def look(project: str, generation: str, me: Me, here: Here) -> GenerationState:
    """Say how far pictures are."""
    await here.project(me, project)
    return _told(here.workshop.find(me.id, project, generation))


@ROUTES.get(
    "/projects/{project}/generations/{generation}/pictures/{number}",
    response_class=Response,
    responses=JPEG,
)
async def picture(project: str, generation: str, number: int, me: Me, here: Here) -> Response:
    """Return a picture that was made; the first is 0."""
    await here.project(me, project)
    made = here.workshop.find(me.id, project, generation)
    if not 0 <= number < len(made.pictures):
        raise not_found("picture")
    headers = {"Cache-Control": "no-store"}
    return Response(made.pictures[number], media_type="image/jpeg", headers=headers)


@ROUTES.delete(
    "/projects/{project}/generations/{generation}", status_code=status.HTTP_204_NO_CONTENT
)
async def give_up(project: str, generation: str, me: Me, here: Here) -> None:
    """Give the work up, if it is not done, and forget the pictures."""
    await here.project(me, project)
    here.workshop.drop(here.workshop.find(me.id, project, generation))


def _told(made: Generation) -> GenerationState:
    trouble = made.trouble and GenerationTrouble(message=made.trouble[0], remedy=made.trouble[1])
    return GenerationState(
        id=made.id,
        state=made.state,
        share=round(made.share, 3),
        pictures=len(made.pictures),
        trouble=trouble or None,
    )
