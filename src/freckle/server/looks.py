"""Routes: looks from words, for any photo and for a project's own."""

import base64
import json
from dataclasses import replace
from functools import cache
from typing import Annotated, Any, Final, Literal

from anyio import to_thread
from fastapi import APIRouter, Query, Request, Response
from pydantic import Field

from freckle.looks.beards import Beards
from freckle.looks.candidates import Answers, Wanted, answer
from freckle.looks.concepts import styles
from freckle.looks.cube import cube
from freckle.looks.laying import laid
from freckle.looks.meaning import by_meaning
from freckle.looks.sitter import Sitter
from freckle.looks.skin_tone import SKINS
from freckle.looks.telling import told
from freckle.recipe.recipe import Recipe
from freckle.server.gate import Me
from freckle.server.house import Here
from freckle.server.wanted import while_wanted
from freckle.server.wire import Answer, Body, RecipeJSON
from freckle.studio.recipes import opened, parse

ROUTES: Final = APIRouter(tags=["looks"])
LONGEST: Final = 2000
JPEG: Final[dict[int | str, dict[str, Any]]] = {
    200: {
        "content": {"image/jpeg": {}},
        "description": "A JPEG; the header X-Freckle-Drift has a LookDrift, or null",
    }
}


class LookWishes(Body):
    """Asks for looks."""

    prompt: Annotated[str, Field(max_length=LONGEST)]
    style: Annotated[str, Field(max_length=64)] | None = None
    """Key of a curated style."""
    candidates: Annotated[int, Field(ge=1, le=8)] = 4
    seed: Annotated[int, Field(ge=0, lt=2**31)] = 0
    weight: Annotated[float, Field(ge=1, le=20)] = 7
    """How strongly words work."""
    scale: Annotated[float, Field(ge=1, le=4)] = 1
    """How much larger the picture gets."""
    aspect: Annotated[str, Field(max_length=24)] | None = None
    """Width to height, as 4:5."""
    skin_lock: bool = True
    grounds: Literal["own", "any"] | None = None
    """Whether candidates may replace the ground unasked; none: where it is plain."""
    recipe: RecipeJSON = Field(default_factory=dict)
    """What stays below: the look's tools take the place of the same ones."""


class LendOptions(Body):
    """What is taken from a reference, and how much of it."""

    strength: Annotated[float, Field(ge=0, le=100)] = 100
    color: bool = True
    mood: bool = True
    """Tones."""
    light: bool = True
    makeup: bool = True
    held: bool = True
    """Whether skin keeps its tone."""


class HeardWord(Answer):
    """One word of the prompt, and what became of it."""

    text: str
    how: Literal["understood", "taken", "without", "beyond", "unknown"]
    weight: float
    instead: str | None
    """What a word that is not in the lexicon was taken for."""
    part: str | None
    """Light, time, mood, film, color, makeup, complexion, ground or style."""
    tools: list[str]
    """What it sets."""
    removes: list[str]
    """What it takes away."""
    did: str
    """The same as a sentence."""


class LookCandidate(Answer):
    """One answer."""

    name: str
    """`words`, or the keys of the style and of what varies it, with + between."""
    label: str
    labels: dict[str, str]
    """By language: en, es, zh, de, fr."""
    recipe: RecipeJSON


class LookAnswer(Answer):
    """What was understood, and the candidates."""

    words: list[HeardWord]
    unknown: list[str]
    candidates: list[LookCandidate]


class LookStyle(Answer):
    """A curated style."""

    key: str
    labels: dict[str, str]
    """By language: en, es, zh, de, fr."""
    tags: list[str]
    recipe: RecipeJSON


class LookPicture(Body):
    """Draws a recipe of a project's photo, small."""

    recipe: RecipeJSON
    size: Annotated[int, Field(ge=64, le=2048)] = 640
    """The longer side."""


class LookDrift(Answer):
    """How far a look moves lit skin, of whoever it moves most."""

    key: str
    ita: float | None
    """Degrees, at its own lightness; none where there is no hue."""
    color: float | None
    """ΔE at its own lightness; none where there is no hue."""
    lightness: float


class CubeRequest(Body):
    """Asks for a recipe's color part."""

    recipe: RecipeJSON
    title: Annotated[str, Field(max_length=80)] = "freckle"


@ROUTES.get("/api/looks/styles")
def list_styles(_me: Me) -> list[LookStyle]:
    """List the curated styles."""
    return _styles()


@cache
def _styles() -> list[LookStyle]:
    """Each is answered like a question, which takes its time, and stays the same."""
    found = []
    for style in styles():
        made = answer(Wanted("", style=style.key)).candidates[0].recipe
        plain = made.model_dump(mode="json")
        tags = sorted(style.tags)
        found.append(LookStyle(key=style.key, labels=dict(style.labels), tags=tags, recipe=plain))
    return found


@ROUTES.post("/api/looks")
def looks(request: LookWishes, _me: Me) -> LookAnswer:
    """Turn words into looks for any photo; the same question has the same answer."""
    answers = answer(_wanted(request, plain=request.grounds == "any"), SKINS, by_meaning())
    return _told(answers, opened(request.recipe))


@ROUTES.post("/api/projects/{project}/looks")
async def project_looks(
    project: str, request: LookWishes, me: Me, here: Here, connection: Request
) -> LookAnswer:
    """Turn words into looks for a project's photo: its people's skins keep their tone."""
    stored = await here.project(me, project)
    told = await here.ask(stored.photo.digest, {"do": "skins"}, priority=0)
    skins = [(each[0], each[1], each[2]) for each in told.head["skins"]] or SKINS
    plain = told.head["plain"] if request.grounds is None else request.grounds == "any"
    width, height = told.head["size"]
    sitter = Sitter.unpacked(width, height, bytes(told.body))
    beards = Beards(tuple(told.head["beards"]["keys"]), told.head["beards"]["alone"])
    wanted = replace(_wanted(request, plain=plain), beards=beards)
    answers = await to_thread.run_sync(lambda: answer(wanted, skins, by_meaning(), sitter))
    if request.skin_lock:
        looks = [each.recipe.model_dump(mode="json") for each in answers.candidates]
        task = {"do": "settle", "looks": looks}
        found = await while_wanted(connection, here.ask(stored.photo.digest, task, priority=1))
        answers = answers.wearing([Recipe.from_plain(plain) for plain in found.head["looks"]])
    return await to_thread.run_sync(lambda: _told(answers, opened(request.recipe)))


class Lent(Answer):
    """A project's recipe with what a reference lends it."""

    recipe: RecipeJSON
    look: RecipeJSON
    """What is lent alone, to lay over anything."""


@ROUTES.post("/api/projects/{project}/looks/reference")
async def lend(
    project: str,
    request: Request,
    me: Me,
    here: Here,
    asked: Annotated[LendOptions, Query()],
) -> Lent:
    """Lend a picture's (the request's body) color, mood, light and makeup to a project's photo."""
    stored = await here.project(me, project)
    task = {
        "do": "lend",
        "picture": base64.b64encode(await request.body()).decode("ascii"),
        "direction": asked.model_dump(),
    }
    answer = await while_wanted(request, here.ask(stored.photo.digest, task, priority=1))
    recipe = Recipe.from_plain(answer.head["recipe"])
    below = await to_thread.run_sync(opened, dict(stored.recipe))
    whole = laid(below, recipe).model_dump(mode="json")
    return Lent(recipe=whole, look=recipe.model_dump(mode="json"))


@ROUTES.post("/api/projects/{project}/looks/picture", response_class=Response, responses=JPEG)
async def picture(
    project: str, request: LookPicture, me: Me, here: Here, connection: Request
) -> Response:
    """Draw a recipe of the project's photo small, and say how far it moves skin."""
    stored = await here.project(me, project)
    recipe = await to_thread.run_sync(parse, request.recipe)
    task = {"do": "look", "recipe": recipe, "size": request.size}
    drawn = await while_wanted(connection, here.ask(stored.photo.digest, task, priority=1))
    headers = {"Cache-Control": "no-store", "X-Freckle-Drift": json.dumps(drawn.head["drift"])}
    return Response(drawn.body, media_type="image/jpeg", headers=headers)


@ROUTES.post("/api/looks/cube", response_class=Response)
def as_cube(request: CubeRequest, _me: Me) -> Response:
    """Return the color part of a recipe as a `.cube` file."""
    text = cube(opened(request.recipe).steps, request.title)
    return Response(text, media_type="text/plain", headers={"Cache-Control": "no-store"})


def _wanted(request: LookWishes, *, plain: bool) -> Wanted:
    return Wanted(
        request.prompt,
        style=request.style,
        count=request.candidates,
        seed=request.seed,
        weight=request.weight,
        scale=request.scale,
        aspect=request.aspect,
        lock=request.skin_lock,
        grounds="any" if plain else "own",
    )


def _told(answers: Answers, below: Recipe) -> LookAnswer:
    words = [
        HeardWord(
            text=word.text,
            how=word.how,
            weight=word.weight,
            instead=word.instead,
            part=word.part,
            tools=list(word.settings),
            removes=list(word.removes),
            did=told(word),
        )
        for word in answers.reading.heard
    ]
    candidates = [
        LookCandidate(
            name=each.name,
            label=each.label,
            labels=dict(each.labels),
            recipe=laid(below, each.recipe).model_dump(mode="json"),
        )
        for each in answers.candidates
    ]
    unknown = list(answers.reading.unknown)
    return LookAnswer(words=words, unknown=unknown, candidates=candidates)
