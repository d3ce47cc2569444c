"""Templates look as they were accepted; each is compared with one of six portraits."""

import numpy as np
import pytest
from PIL import Image

from freckle.poster.catalogue import TEMPLATES
from tests.golden.cases import Tolerance
from tests.golden.comparison import compare
from tests.poster import contact

NEAR = Tolerance(most=6.0, peak=25.0)
"""Other processors round scaled photos and the edges of letters another way."""
NAMES = list(contact.PORTRAITS)


@pytest.mark.parametrize("name", NAMES)
def test_templates_look_as_accepted(name: str) -> None:
    where = contact.folder()
    if where is None:
        pytest.skip("there is no folder of portraits")
    portrait = contact.subject(where / contact.PORTRAITS[name])
    with Image.open(contact.HERE / f"{name}.png") as picture:
        accepted = np.asarray(picture.convert("RGB"))
    wrong = []
    for number, (each, y, x) in enumerate(contact.places()):
        if number % len(NAMES) == NAMES.index(name):
            difference = compare(contact.thumbnail(each, portrait), accepted[y, x])
            if not difference.within(NEAR):
                wrong.append(f"{each.name}: {difference}")
    assert wrong == []


def test_a_moved_headline_would_be_seen() -> None:
    with Image.open(contact.HERE / "dark.png") as picture:
        accepted = np.asarray(picture.convert("RGB"))
    cell = accepted[: contact.CELL, : contact.CELL]
    moved = np.roll(cell, 3, axis=0)
    assert not compare(moved, cell).within(NEAR)
    assert len(TEMPLATES) <= contact.ACROSS * (accepted.shape[0] // contact.CELL)
