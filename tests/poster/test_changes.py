"""What is changed by hand, layer by layer: over the template, replayed, and in files."""

import io
import re

import numpy as np
import pikepdf
import pytest

from freckle.codec import load_bytes
from freckle.errors import RecipeError
from freckle.poster.changes import Change
from freckle.poster.described import described
from freckle.poster.design import Content, Poster
from freckle.poster.laid import Laid, room_of
from freckle.poster.layers import Place
from freckle.poster.legibility import legibility
from freckle.poster.making import lay
from freckle.poster.pdf import Print, pdf
from freckle.poster.raster import drawn
from freckle.poster.sizes import size
from freckle.poster.subject import Subject

CONTENT = Content(headline="Two words", subline="And a line", link="https://example.com")


def sheet(astronaut: Subject, name: str = "post", **how) -> Laid:
    how = {"template": "launch", "content": CONTENT, **how}
    return lay(Poster(**how), [astronaut], size(name))


def pixels(laid: Laid, **how) -> np.ndarray:
    return load_bytes(drawn(laid, 0.4, **how)).pixels.astype(int)


def test_a_place_of_one_size_leaves_the_others(astronaut: Subject) -> None:
    here = Place(frame="page", left=0.1, top=0.1, right=0.9, bottom=0.4)
    changes = {"words": Change(places={"post": here})}
    moved = {name: sheet(astronaut, name, changes=changes) for name in ("post", "story")}
    for name, laid in moved.items():
        place = next(layer.place for layer in laid.layers if layer.id == "words")
        assert (place == here) == (name == "post")


def test_type_is_set_as_chosen(astronaut: Subject) -> None:
    plain = sheet(astronaut)
    change = Change(scale=0.5, color="#ff8800", font="Anton", side="right", stand="bottom")
    laid = sheet(astronaut, changes={"words": change})
    before, after = plain.type[0], laid.type[0]
    assert after.size == pytest.approx(before.size / 2, rel=0.02)
    assert after.color == (255, 136, 0)
    assert after.room.right == pytest.approx(
        room_of(next(e for e in laid.layers if e.id == "words").place, laid.board).right, abs=1
    )
    told = next(each for each in described(laid) if each.id == "words")
    assert (told.family, told.side, told.stand, told.color) == (
        "Anton",
        "right",
        "bottom",
        "#ff8800",
    )


def test_a_chosen_color_stays_and_the_report_tells_where_it_does_not_read(
    astronaut: Subject,
) -> None:
    laid = sheet(astronaut, changes={"words": Change(color="accent"), "panel": Change()})
    assert laid.type[0].color == laid.colors.accent
    assert legibility(laid).contrast < 1.2


def test_the_order_is_the_one_asked_for_and_new_layers_stay_over_their_neighbors(
    astronaut: Subject,
) -> None:
    usual = [layer.id for layer in sheet(astronaut).layers]
    assert usual == ["panel", "portrait", "words"]
    turned = sheet(astronaut, order=("words", "panel", "portrait"))
    ids = [layer.id for layer in turned.layers]
    assert ids.index("words") < ids.index("panel") < ids.index("portrait")
    assert set(ids) == set(usual)


def test_hidden_layers_are_listed_and_not_drawn(astronaut: Subject) -> None:
    laid = sheet(astronaut, changes={"panel": Change(hidden=True)})
    assert "panel" not in {layer.id for layer in laid.layers}
    assert [each.hidden for each in described(laid) if each.id == "panel"] == [True]


def test_half_a_layer_is_half_way_to_what_is_behind(astronaut: Subject) -> None:
    whole, gone = sheet(astronaut), sheet(astronaut, changes={"portrait": Change(hidden=True)})
    half = sheet(astronaut, changes={"portrait": Change(opacity=0.5)})
    rows = slice(20, 120), slice(20, 400)
    mixed = (pixels(whole)[rows] + pixels(gone)[rows]) / 2
    assert np.abs(pixels(half)[rows] - mixed).max() <= 2


def test_a_layer_alone_and_the_rest_make_the_sheet(astronaut: Subject) -> None:
    laid = sheet(astronaut)
    alone = load_bytes(drawn(laid, 0.4, only=["words"]))
    rest = pixels(laid, without=["words"])
    assert alone.alpha is not None
    alpha = alone.alpha[..., None] / 255
    again = alone.pixels * alpha + rest * (1 - alpha)
    assert np.abs(again - pixels(laid)).max() <= 3


def test_translucent_layers_are_ink_too(astronaut: Subject, printer: bytes) -> None:
    some = {name: Change(opacity=0.5) for name in ("words", "panel", "portrait")}
    document = pikepdf.open(io.BytesIO(pdf(sheet(astronaut, "a6", changes=some), Print(printer))))
    content = document.pages[0].Contents.read_bytes()
    states = [float(each.get("/ca", 1)) for each in document.pages[0].Resources.ExtGState.values()]
    assert min(states) == pytest.approx(0.5, abs=0.01)
    assert not re.search(rb"\b(scn|SCN|rg|RG)\b", content)
    assert len(document.pages[0].Resources.get("/ColorSpace", {})) == 0


def test_posters_of_format_1_open_as_they_were() -> None:
    place = {"frame": "safe", "left": 0, "top": 0.5, "right": 0.6, "bottom": 1}
    old = {"version": 1, "template": "launch", "moved": {"words": place}, "hidden": ["panel"]}
    poster = Poster.read(old)
    assert poster.version == 2
    assert poster.changes["words"].place == Place(**place)
    assert poster.changes["panel"].hidden
    with pytest.raises(RecipeError, match="moved"):
        Poster.read({**old, "version": 2})
