"""Routes: the built-in presets that a person likes best, on every browser of theirs."""

from typing import Final

from fastapi import APIRouter

from freckle.recipe.presets import preset as built_in
from freckle.server.gate import Me
from freckle.server.house import Here
from freckle.server.wire import Body

ROUTES: Final = APIRouter(prefix="/api/presets/favourites", tags=["presets"])


class Star(Body):
    """Makes a preset a favourite, or no longer."""

    favourite: bool


@ROUTES.get("")
async def favourites(me: Me, here: Here) -> list[str]:
    """List the names of one's favourites."""
    return list(await here.stored(here.store.favourites, me))


@ROUTES.put("/{name}")
async def star(name: str, request: Star, me: Me, here: Here) -> list[str]:
    """Make a built-in preset a favourite, or no longer, and list all."""
    known = built_in(name).name
    await here.stored(lambda: here.store.star_preset(me, known, favourite=request.favourite))
    return list(await here.stored(here.store.favourites, me))
