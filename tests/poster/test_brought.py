"""Typefaces and logos of people: what is kept of them, and what is refused."""

import io

import numpy as np
import pikepdf
import pytest

from freckle.codec import SaveOptions, encode, load_bytes
from freckle.errors import FreckleError, RecipeError
from freckle.photo import Photo, Source
from freckle.poster.brought import KEPT, brought
from freckle.poster.catalogue import TEMPLATES
from freckle.poster.design import Brand, Content, Poster
from freckle.poster.laid import room_of
from freckle.poster.making import lay
from freckle.poster.pdf import Print, pdf
from freckle.poster.preflight import preflight
from freckle.poster.raster import drawn
from freckle.poster.sizes import size
from freckle.poster.subject import Subject
from freckle.poster.typefaces import FOLDER
from freckle.poster.vectors import vector

SVG = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
DISC = f'<svg {SVG} viewBox="0 0 200 100"><rect width="200" height="100" fill="#00ff00"/></svg>'


def test_what_draws_stays_and_what_acts_goes() -> None:
    inside = (
        '<script>alert(1)</script><path onclick="x()" d="M0 0h9v9z" fill="url(http://a/b)"/>'
        '<a href="http://a"><rect/></a><use href="http://a#b"/><use xlink:href="#p"/>'
        "<style>@import url(http://a)</style><metadata>me</metadata>"
        '<path id="p" style="fill:url(#g)" d="M0 0h1v1z"/>'
    )
    doctype = '<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/svg11.dtd">'
    kept = vector(f'{doctype}<svg {SVG} viewBox="0 0 10 20">{inside}</svg>'.encode())
    text = kept.content.decode()
    for gone in ("script", "onclick", "http://a", "import", "metadata", "<a", "DOCTYPE"):
        assert gone not in text
    assert "#p" in text
    assert "url(#g)" in text
    assert (kept.width, kept.height) == (10, 20)


def repeated(times: int) -> str:
    links = "".join(
        f'<g id="g{k}">{f"""<use href="#g{k - 1}"/>""" * 10 if k else "<path/>"}</g>'
        for k in range(times)
    )
    return f'<svg {SVG} viewBox="0 0 1 1"><defs>{links}</defs></svg>'


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (f'<svg {SVG} viewBox="0 0 9 9"><text>a</text></svg>', "outlines"),
        (f'<svg {SVG} viewBox="0 0 9 9"><image href="a.png"/></svg>', "picture inside"),
        ('<!DOCTYPE svg [<!ENTITY a "b">]><svg/>', "entities"),
        (f"<svg {SVG}/>", "how large"),
        ("<svg><", "cannot be read"),
        (repeated(9), "too often"),
        (f'<svg {SVG} viewBox="0 0 1 1"><g id="a"><use href="#a"/></g></svg>', "too often"),
        (f'<svg {SVG} viewBox="0 0 1 1">{"<g>" * 99}{"</g>" * 99}</svg>', "deeply"),
    ],
)
def test_drawings_that_would_not_draw_right_are_refused(text: str, said: str) -> None:
    with pytest.raises(RecipeError, match=said):
        vector(text.encode())


def test_a_font_is_kept_with_what_its_maker_allows() -> None:
    found = brought((FOLDER / "Anton_400Regular.ttf").read_bytes())
    assert (found.kind, found.family, found.embedding) == ("font", "Anton", "installable")
    assert "Open Font License" in found.licence
    assert KEPT.fullmatch(found.name)


def test_a_font_that_may_be_looked_at_only_is_told_apart() -> None:
    data = bytearray((FOLDER / "InstrumentSerif_400Regular.ttf").read_bytes())
    place = data.index(b"OS/2")
    table = int.from_bytes(data[place + 8 : place + 12], "big")
    data[table + 8 : table + 10] = b"\x00\x04"
    assert brought(bytes(data)).embedding == "preview"
    data[table + 8 : table + 10] = b"\x01\x00"  # not in parts
    with pytest.raises(RecipeError, match="not be embedded"):
        brought(bytes(data))


@pytest.mark.parametrize("content", [b"", b"wOF2" + bytes(40), b"\0\1\0\0" + bytes(400), b"GIF8"])
def test_what_is_neither_is_refused_in_one_sentence(content: bytes) -> None:
    with pytest.raises(FreckleError):
        brought(content)


def test_every_template_has_a_place_for_the_logo(astronaut: Subject, tmp_path) -> None:
    found = brought(DISC.encode())
    (tmp_path / found.name).write_bytes(found.content)
    for each in TEMPLATES[::3]:
        poster = Poster(template=each.name, content=each.sample, brand=Brand(logo=found.name))
        laid = lay(poster, [astronaut], size(each.size), tmp_path)
        room = next(room_of(e.place, laid.board) for e in laid.layers if e.id == "logo")
        assert laid.board.safe_room.holds(room)
        assert not any(face.touches(room) for face in laid.faces)
        pixels = load_bytes(drawn(laid, 0.5)).pixels.astype(int)
        green = (pixels[..., 1] - pixels[..., [0, 2]].max(axis=2)) > 150
        assert green.mean() > 0.002


def test_a_drawing_stays_one_in_a_pdf_and_is_ink_for_a_printer(
    astronaut: Subject, printer: bytes, tmp_path
) -> None:
    found = brought(DISC.encode())
    (tmp_path / found.name).write_bytes(found.content)
    poster = Poster(template="launch", content=Content(headline="H"), brand=Brand(logo=found.name))
    laid = lay(poster, [astronaut], size("a6"), tmp_path)
    with pikepdf.open(io.BytesIO(pdf(laid))) as document:
        forms = [e for e in document.objects if isinstance(e, pikepdf.Stream)]
        images = [each for each in forms if each.get("/Subtype") == "/Image"]
        assert len(images) == 1  # the portrait's
    assert preflight(pdf(laid, Print(printer, limit=240)), ink=240) == []


def test_a_picture_loses_its_metadata_and_its_size() -> None:
    noise = np.random.default_rng(1).integers(0, 255, (30, 3000, 3), np.uint8)
    picture = Photo(noise, Source(format="png", digest=""))
    found = brought(encode(picture, SaveOptions(format="png")))
    assert load_bytes(found.content).width == 2400
    assert found.name.endswith(".png")
