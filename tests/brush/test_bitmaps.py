"""Masks come in as gray PNG and go out again; anything else is refused with a sentence."""

import base64
import io
import json
from pathlib import Path

import cv2
import numpy as np
import pytest
from PIL import Image

from freckle.analysis.portrait import Portrait
from freckle.cli.main import main
from freckle.errors import RecipeError
from freckle.ops.dodge_burn import Dodge
from freckle.ops.smooth import Smooth
from freckle.photo import Photo
from freckle.recipe.recipe import Recipe, Step
from freckle.recipe.strokes import MOST_BITMAP, Mask, Stroke
from freckle.render.bitmaps import MOST_SIDE, pack, to_png, unpack
from freckle.render.mask import mask_of

STROKE = Stroke(points=((0.3, 0.4), (0.6, 0.5)), size=0.2, space="photo")


def png(pixels: np.ndarray, form: str = "PNG") -> bytes:
    out = io.BytesIO()
    Image.fromarray(pixels).save(out, form)
    return out.getvalue()


def soft(width: int, height: int) -> np.ndarray:
    down, across = np.mgrid[0:height, 0:width]
    wave = np.sin(across / width * 9) * np.cos(down / height * 7)
    return np.rint(127.5 + 127.5 * wave).astype(np.uint8)


@pytest.mark.parametrize("size", [(40, 30), (4, 4), (2500, 400)])
def test_a_mask_is_kept_up_to_its_largest_size(size: tuple[int, int]) -> None:
    values = soft(*size)
    kept = unpack(pack(png(values)))
    assert max(kept.shape) == min(max(size), MOST_SIDE)
    shrunk = cv2.resize(values, kept.shape[::-1], interpolation=cv2.INTER_AREA)
    assert np.abs(kept * 255 - shrunk).max() <= 1


def test_sixteen_bits_come_in_as_eight() -> None:
    deep = soft(50, 40).astype(np.uint16) * 257
    ok, data = cv2.imencode(".png", deep)
    assert ok
    assert np.abs(unpack(pack(data.tobytes())) * 255 - soft(50, 40)).max() < 0.01


def test_a_noisy_mask_is_reduced_until_it_fits() -> None:
    noise = np.random.default_rng(0).integers(0, 256, (1500, 2000)).astype(np.uint8)
    assert len(pack(png(noise))) <= MOST_BITMAP


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "not a PNG"),
        (b"GIF89a", "not a PNG"),
        (png(soft(20, 20), "JPEG"), "not a PNG"),
        (png(soft(20, 20))[:60], "not a PNG"),
        (png(soft(20, 1)), "too small"),
        (png(np.dstack([soft(20, 20), soft(20, 20) // 2, soft(20, 20) // 3])), "3 channels"),
        (png(np.dstack([soft(20, 20)] * 2 + [soft(20, 20) // 2, soft(20, 20)])), "4 channels"),
    ],
)
def test_what_is_no_mask_is_refused(data: bytes, says: str) -> None:
    with pytest.raises(RecipeError, match=says):
        pack(data)


@pytest.mark.parametrize("bitmap", ["!!", "AAAA", "é", "A" * (MOST_BITMAP + 4)])
def test_a_bitmap_that_is_none_is_refused(bitmap: str, photo: Photo, portrait: Portrait) -> None:
    step = {"edit": {"op": "dodge"}, "mask": {"base": "empty", "bitmap": bitmap}}
    with pytest.raises(RecipeError):
        mask_of(photo, portrait, Recipe.from_plain({"steps": [step]}), 1)


def test_an_exported_mask_comes_back_as_it_was(photo: Photo, portrait: Portrait) -> None:
    painted = Recipe(steps=(Step(edit=Dodge(), mask=Mask(base="empty", strokes=(STROKE,))),))
    mask = mask_of(photo, portrait, painted, 1)
    bitmap = pack(to_png(mask))
    again = Recipe(steps=(Step(edit=Dodge(), mask=Mask(base="empty", bitmap=bitmap)),))
    assert np.abs(mask_of(photo, portrait, again, 1) - mask).max() <= 1 / 255
    assert mask.max() == 1


def test_the_mask_of_a_tool_is_its_region(photo: Photo, portrait: Portrait) -> None:
    plain = mask_of(photo, portrait, Recipe(steps=(Step(edit=Smooth(amount=30)),)), 1)
    out = STROKE.model_copy(update={"mode": "remove"})
    less = mask_of(
        photo, portrait, Recipe(steps=(Step(edit=Smooth(amount=30), mask=Mask(strokes=(out,))),)), 1
    )
    x, y = portrait.people[0].face.landmarks[205, :2].astype(int)
    assert plain[y, x] > 0.9
    assert plain[0, 0] == 0
    assert less.sum() < 0.9 * plain.sum()


def test_the_command_exports_and_imports(photo: Photo, tmp_path: Path) -> None:
    source, recipe = tmp_path / "face.png", tmp_path / "recipe.json"
    mask, back = tmp_path / "mask.png", tmp_path / "back.json"
    Image.fromarray(np.asarray(photo.pixels, np.uint8)).save(source)
    step = Step(edit=Dodge(), mask=Mask(base="empty", strokes=(STROKE,)))
    recipe.write_text(Recipe(steps=(step,)).to_json(), "utf-8")
    asked = ["--recipe", str(recipe), "--step", "1"]
    assert main(["mask", "export", str(source), *asked, "-o", str(mask)]) == 0
    with Image.open(mask) as picture:
        assert (picture.size, picture.mode) == ((photo.width, photo.height), "I;16")
    assert main(["mask", "import", str(mask), *asked, "-o", str(back)]) == 0
    (found,) = json.loads(back.read_text("utf-8"))["here"]["steps"]
    assert found["mask"]["base"] == "empty"
    assert base64.b64decode(found["mask"]["bitmap"]).startswith(b"\x89PNG")
    asked[-1] = "7"
    assert main(["mask", "export", str(source), *asked, "-o", str(mask)]) == 2
