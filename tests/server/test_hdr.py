"""An HDR photo in the editor: what is said of it, and what a download has."""

from freckle.codec import SaveOptions, load_bytes
from freckle.recipe.recipe import Recipe
from freckle.server.tasks import facts
from freckle.studio.delivery import Wish, one
from freckle.studio.studio import Studio
from tests.codec import hdr, specimens


def test_a_download_stays_hdr_and_what_does_not_is_said() -> None:
    studio = Studio(load_bytes(hdr.made(specimens.scene(96, 128))))
    told = facts(studio, {}, lambda: False).head["warnings"]
    assert len(told) == 1
    assert "HDR" in told[0]
    plain = Recipe(steps=())
    ending, data = one(studio, plain, Wish())
    assert ending == ".jpg"
    assert hdr.read(data).max() > 1.5
    _, small = one(studio, plain, Wish(size=(64, None)))
    assert hdr.read(small).shape == (48, 64, 3)
    _, other = one(studio, plain, Wish(SaveOptions(format="png")))
    assert b"hdrgm" not in other
