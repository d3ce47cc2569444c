"""Eyes and teeth keep their color in a picture that is toned, and nothing else does."""

import numpy as np
import pytest
from skimage import data

import freckle
from freckle.analysis.regions import Region
from freckle.pixels.color import Floats, lab

TEAL = {"shadows": 100, "shadows_hue": 190, "highlights": 60, "highlights_hue": 190, "skin": 100}


@pytest.fixture(scope="module")
def portrait() -> freckle.OpenedPhoto:
    return freckle.from_array(np.ascontiguousarray(data.astronaut()[:300, 90:390]))


def toned(portrait: freckle.OpenedPhoto, eyes: float, **more: object) -> Floats:
    tones: dict[str, object] = {"split_toning": {**TEAL, "eyes": eyes}, **more}
    return np.asarray(freckle.retouch(portrait, "none", **tones).to_array())  # type: ignore[arg-type]


def seen(portrait: freckle.OpenedPhoto) -> Floats:
    """Where eyes and teeth surely are, in the photo."""
    person = portrait.portrait.people[0]
    regions, sheet = person.regions, np.zeros((portrait.height, portrait.width), bool)
    for part in (Region.EYES, Region.MOUTH):
        down, across = np.nonzero(regions[part] > 0.95)
        places = regions.frame.to_photo(np.stack([across + 0.5, down + 0.5], axis=1).astype("f4"))
        x, y = np.floor(places).astype(int).T
        sheet[y, x] = True
    return np.asarray(sheet)


def test_eyes_and_teeth_keep_their_color(portrait: freckle.OpenedPhoto) -> None:
    where = seen(portrait)
    before, plain, kept = (
        lab(picture.astype(np.float32) / 255)[where]
        for picture in (portrait.to_array(), toned(portrait, 0), toned(portrait, 100))
    )
    moved, left = (np.linalg.norm((each - before)[:, 1:], axis=1).mean() for each in (plain, kept))
    assert moved > 2.5
    assert left < 0.35 * moved


def test_nothing_else_changes(portrait: freckle.OpenedPhoto) -> None:
    plain, kept = toned(portrait, 0), toned(portrait, 100)
    changed = (plain != kept).any(axis=2)
    assert 0 < changed.sum() < 3 * seen(portrait).sum()
    half = toned(portrait, 50)[changed].astype(float)
    ends = plain[changed].astype(float), kept[changed].astype(float)
    assert (np.abs(half - (ends[0] + ends[1]) / 2) <= 1).all()


def test_a_glow_reaches_eyes_that_keep_their_color(portrait: freckle.OpenedPhoto) -> None:
    glow = {"amount": 80, "size": 80}
    plain, kept = (toned(portrait, eyes, bloom=glow).astype(float) for eyes in (0, 100))
    where = seen(portrait)
    light = [lab(each.astype(np.float32) / 255)[where][:, 0] for each in (plain, kept)]
    assert np.abs(light[0] - light[1]).mean() < 1.5
