"""Routes: the presets that a person saved, on every browser of theirs."""

from collections.abc import Sequence
from typing import Annotated, Any, Final

from anyio import to_thread
from fastapi import APIRouter, Query, Request, Response
from pydantic import Field, StringConstraints

from freckle.server.gate import Me
from freckle.server.house import Here
from freckle.server.preset_files import kept, read, written
from freckle.server.rooms.presets import LONGEST_NAME, MOST_PRESETS, OwnPreset, Taken
from freckle.server.wire import PLAIN, Answer, Body, Id, RecipeJSON

ROUTES: Final = APIRouter(prefix="/api/presets/own", tags=["presets"])
Name = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=LONGEST_NAME, pattern=PLAIN),
]
FILE: Final[dict[int | str, dict[str, Any]]] = {
    200: {"content": {"application/json": {}}, "description": "A file of presets"}
}


class OwnPresetAnswer(Answer):
    """A preset that whoever asks has saved."""

    id: str
    name: str
    recipe: RecipeJSON
    favourite: bool


class PresetToKeep(Body):
    """A recipe under a name; what belongs to one photo alone is not kept."""

    name: Name
    recipe: RecipeJSON
    favourite: bool = False


class KeepRequest(Body):
    """Saves presets, all or none."""

    presets: Annotated[list[PresetToKeep], Field(max_length=MOST_PRESETS)]
    taken: Taken = "replace"
    """What becomes of a name that is there."""


class PresetChange(Body):
    """Renames a preset, or makes it a favourite; none leaves it as it is."""

    name: Name | None = None
    favourite: bool | None = None


class PresetOrder(Body):
    """Puts presets into an order; those that it leaves out follow as they were."""

    order: Annotated[list[Id], Field(max_length=MOST_PRESETS)]


class PresetsRead(Answer):
    """All presets after a file was read, and what of it was not carried over, in words."""

    presets: list[OwnPresetAnswer]
    added: int
    left: list[str]


@ROUTES.get("")
async def own(me: Me, here: Here) -> list[OwnPresetAnswer]:
    """List one's own presets in their order."""
    return _answers(await here.stored(here.store.own_presets, me))


@ROUTES.post("")
async def keep(request: KeepRequest, me: Me, here: Here) -> list[OwnPresetAnswer]:
    """Save presets, and list all."""
    news = await to_thread.run_sync(
        lambda: [kept(p.name, p.recipe, favourite=p.favourite) for p in request.presets]
    )
    return _answers(await here.stored(here.store.keep_presets, me, news, request.taken))


@ROUTES.put("/order")
async def order(request: PresetOrder, me: Me, here: Here) -> list[OwnPresetAnswer]:
    """Put one's presets into another order, and list all."""
    return _answers(await here.stored(here.store.order_presets, me, request.order))


@ROUTES.get("/file", response_class=Response, responses=FILE)
async def save(me: Me, here: Here) -> Response:
    """Write all one's presets into one file."""
    content = written(await here.stored(here.store.own_presets, me))
    headers = {
        "Content-Disposition": 'attachment; filename="freckle-presets.json"',
        "Cache-Control": "no-store",
    }
    return Response(content, media_type="application/json", headers=headers)


@ROUTES.post("/file")
async def load(
    request: Request, me: Me, here: Here, name: Annotated[str, Query(max_length=255)]
) -> PresetsRead:
    """Take presets from a file (the body): exported here, a recipe, `.cube` or `.xmp`.

    A name that is there gets a number; what is there under its very name is not taken twice.
    """
    content = await request.body()
    found = await to_thread.run_sync(read, content, name)
    before = {each.id for each in await here.stored(here.store.own_presets, me)}
    after = await here.stored(here.store.keep_presets, me, found.presets, "number")
    added = sum(each.id not in before for each in after)
    return PresetsRead(presets=_answers(after), added=added, left=list(found.left))


@ROUTES.patch("/{preset}")
async def change(preset: str, request: PresetChange, me: Me, here: Here) -> OwnPresetAnswer:
    """Rename a preset, or make it a favourite."""
    done = await here.stored(
        lambda: here.store.change_preset(me, preset, name=request.name, favourite=request.favourite)
    )
    return _answers([done])[0]


@ROUTES.delete("/{preset}", status_code=204)
async def remove(preset: str, me: Me, here: Here) -> None:
    """Remove a preset."""
    await here.stored(here.store.delete_preset, me, preset)


def _answers(presets: Sequence[OwnPreset]) -> list[OwnPresetAnswer]:
    return [
        OwnPresetAnswer(
            id=each.id, name=each.name, recipe=dict(each.recipe), favourite=each.favourite
        )
        for each in presets
    ]
