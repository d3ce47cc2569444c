"""A poster as JSON, sizes, tables, brands and edits by hand."""

import json

import pytest

from freckle.errors import RecipeError
from freckle.poster.changes import Change
from freckle.poster.design import Brand, Content, Pair, Portrait, Poster
from freckle.poster.framing import framed
from freckle.poster.layers import Column, Item, Place, Shape
from freckle.poster.making import lay
from freckle.poster.palette import AIM, branded, contrast, pictured
from freckle.poster.room import Room
from freckle.poster.rows import rows, with_words
from freckle.poster.sizes import size
from freckle.poster.subject import Subject
from freckle.poster.templates.template import COBALT


def test_a_poster_survives_its_json() -> None:
    poster = Poster(
        template="launch",
        content=Content(headline="“Ja”", items=(Pair(text="a", beside="b"),)),
        portraits=(Portrait(photo="a.jpg", recipe={"steps": []}, zoom=1.2),),
        brand=Brand(accent="#ff0000"),
        sizes=("story", "a3"),
        layers=(Shape(id="dot", place=Place(frame="page", right=0.1, bottom=0.1)),),
        changes={"words": Change(place=Place(left=0.2)), "logo": Change(hidden=True)},
        order=("dot", "words"),
    )
    assert Poster.read(json.loads(poster.model_dump_json())) == poster


@pytest.mark.parametrize(
    ("plain", "said"),
    [
        ({"version": 3}, "version"),
        ({"changes": {"words": {"color": "reddish"}}}, "changes.words.color"),
        ({"colour": "red"}, "colour"),
        ({"brand": {"ink": "red"}}, "brand.ink"),
        ({"portraits": [{"zoom": 99}]}, "zoom"),
    ],
)
def test_a_poster_that_is_none_is_refused(plain: dict, said: str) -> None:
    with pytest.raises(RecipeError, match=said):
        Poster.read(plain)


def test_sizes() -> None:
    assert (size("A4").width, size("a4-wide").width) == (210, 297)
    assert size("1200x800px").bleed == 0
    assert size("90x50mm").bleed == 3
    for wrong in ("a9", "1x1px", "axbmm", "9999x9999mm"):
        with pytest.raises(RecipeError):
            size(wrong)


def test_a_table_gives_a_poster_a_row() -> None:
    table = "Name;Portrait;items\nAnna;a.jpg;Soup | 9 | leek; no\n;;\nBo;;\n"
    found = rows("\ufeff" + table.replace("; no", ""))
    assert [row.number for row in found] == [2, 4]
    assert found[0].portrait == "a.jpg"
    assert found[1].portrait is None
    content = found[0].over(Content(headline="H"))
    assert (content.name, content.headline) == ("Anna", "H")
    assert content.items == (Pair(text="Soup", beside="9", more="leek"),)
    for wrong in ("", "nme\nx", "name\n"):
        with pytest.raises(RecipeError):
            rows(wrong)
    with pytest.raises(RecipeError, match="headline"):
        with_words(Content(), {"headlin": "x"})


def test_layers_are_moved_hidden_replaced_and_added(astronaut: Subject) -> None:
    here = Place(left=0.5, top=0.5)
    poster = Poster(
        template="launch",
        content=Content(headline="H"),
        changes={"panel": Change(hidden=True), "words": Change(place=here)},
        layers=(
            Column(id="more", place=Place(bottom=0.1), items=(Item(text="More", size=30),)),
            Shape(id="dot", place=Place(right=0.1, bottom=0.1)),
        ),
    )
    laid = lay(poster, [astronaut], size("post"))
    by = {layer.id: layer for layer in laid.layers}
    assert "panel" not in by
    assert by["words"].place == here
    assert {"more", "dot", "portrait"} <= set(by)
    words = next(item for item in laid.type if item.layer == "words")
    assert words.room.x >= size("post").safe_room.middle[0] - 0.1


def test_a_photo_covers_its_place_and_the_head_is_where_it_was_wanted(astronaut: Subject) -> None:
    place = Room(10, 20, 300, 500)
    lying = framed(astronaut, place, (0.5, 0.4, 0.45))
    left, top, right, bottom = lying.crop
    assert 0 <= left < right <= 512
    assert 0 <= top < bottom <= 512
    assert (right - left) / (bottom - top) == pytest.approx(300 / 500, abs=0.02)
    assert lying.head is not None
    assert lying.head.middle[0] == pytest.approx(place.middle[0], abs=4)
    assert lying.head.h / place.h == pytest.approx(0.45, abs=0.08)


def test_colors_of_pictures_and_brands_read(astronaut: Subject) -> None:
    taken = pictured(astronaut.pixels, astronaut.bare, COBALT)
    assert taken != COBALT
    assert contrast(taken.ink, taken.paper) > 10
    near = branded(COBALT, Brand(ink="#888888", paper="#999999", accent="#ff0000"))
    assert contrast(near.ink, near.paper) >= AIM
    assert near.accent == (255, 0, 0)
