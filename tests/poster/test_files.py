"""PDFs and pictures: boxes, fonts, ink, the same pixels on screen and in files."""

import io
import re

import cv2
import numpy as np
import pikepdf
import pytest

from freckle.codec import cmyk, load_bytes
from freckle.errors import RecipeError
from freckle.poster.design import Content, Poster
from freckle.poster.laid import Laid
from freckle.poster.making import lay
from freckle.poster.pdf import Print, pdf
from freckle.poster.raster import drawn, raster
from freckle.poster.sizes import size
from freckle.poster.subject import Subject

MM = 72 / 25.4


@pytest.fixture(scope="module")
def laid(astronaut: Subject) -> Laid:
    content = Content(headline="Two words", subline="And a line", link="https://example.com")
    return lay(Poster(template="event-night", content=content), [astronaut], size("a5"))


@pytest.fixture(scope="module")
def cut(astronaut: Subject) -> Laid:
    content = Content(headline="Two words")
    return lay(Poster(template="launch-sun", content=content), [astronaut], size("a5"))


def sides(page, name: str) -> list[float]:
    return [float(value) / MM for value in page.obj[name]]


def test_boxes_are_right_to_a_tenth_of_a_millimetre(laid: Laid) -> None:
    document = pikepdf.open(io.BytesIO(pdf(laid)))
    page = document.pages[0]
    assert sides(page, "/TrimBox") == pytest.approx([11, 11, 159, 221], abs=0.1)
    assert sides(page, "/BleedBox") == pytest.approx([8, 8, 162, 224], abs=0.1)
    assert sides(page, "/MediaBox") == pytest.approx([0, 0, 170, 232], abs=0.1)
    plain = pikepdf.open(io.BytesIO(pdf(laid, Print(marks=False))))
    assert sides(plain.pages[0], "/MediaBox") == pytest.approx([0, 0, 154, 216], abs=0.1)


def test_type_stays_type_with_its_fonts_embedded(laid: Laid) -> None:
    document = pikepdf.open(io.BytesIO(pdf(laid)))
    fonts = [
        each
        for each in document.objects
        if isinstance(each, pikepdf.Dictionary) and each.get("/Type") == "/FontDescriptor"
    ]
    assert fonts
    assert all("/FontFile2" in each or "/FontFile3" in each for each in fonts)
    assert re.search(rb"T[jJ]", _content(document))
    assert "Anton" in str(fonts[0].FontName) + str(fonts[-1].FontName)


def test_the_same_sheet_gives_the_same_bytes(laid: Laid, printer: bytes) -> None:
    assert pdf(laid) == pdf(laid)
    assert pdf(laid, Print(printer)) == pdf(laid, Print(printer))
    assert drawn(laid, 0.5) == drawn(laid, 0.5)


def test_ink_for_a_printer_is_nothing_but_ink(cut: Laid, printer: bytes) -> None:
    document = pikepdf.open(io.BytesIO(pdf(cut, Print(printer, limit=240))))
    assert document.pdf_version >= "1.6"
    intent = document.Root.OutputIntents[0]
    assert intent.S == "/GTS_PDFX"
    assert intent.DestOutputProfile.read_bytes() == printer
    assert document.open_metadata()["pdfxid:GTS_PDFXVersion"] == "PDF/X-4"
    assert document.docinfo["/Trapped"] == "/False"
    content = _content(document)
    assert re.search(rb"\b(k|scn)\b", content)
    assert not re.search(rb"[\d.]+ [\d.]+ [\d.]+ (rg|RG)\b", content)
    pictures = [
        each
        for each in document.objects
        if isinstance(each, pikepdf.Stream) and each.get("/Subtype") == "/Image"
    ]
    colored = [each for each in pictures if each.get("/ColorSpace") != "/DeviceGray"]
    assert colored
    assert all(each.ColorSpace == "/DeviceCMYK" for each in colored)
    assert any("/SMask" in each for each in colored)
    assert not any(
        "ICCBased" in str(each) and "OutputIntent" not in str(each) for each in _spaces(document)
    )


def test_ink_is_limited_and_white_stays_white(printer: bytes) -> None:
    dark = np.zeros((700, 4, 3), np.uint8)
    ink = cmyk.from_srgb(dark, printer, 240).astype(int).sum(axis=2)
    assert cmyk.from_srgb(dark, printer, 400).astype(int).sum(axis=2).min() > 240 * 2.55
    assert ink.max() <= 240 * 2.55
    white = cmyk.from_srgb(np.full((1, 1, 3), 255, np.uint8), printer)
    assert white.max() <= 2
    with pytest.raises(RecipeError, match="no CMYK profile"):
        cmyk.from_srgb(dark, b"no profile")


def test_screen_and_file_are_one_picture(laid: Laid) -> None:
    screen = load_bytes(drawn(laid, 1.5)).pixels
    file = load_bytes(raster(laid, "png", scale=1.5))
    assert np.array_equal(screen, file.pixels)
    assert file.metadata.dpi == pytest.approx((108, 108), abs=0.1)
    jpeg = load_bytes(raster(laid, "jpeg", scale=1.5, quality=95)).pixels
    assert np.abs(jpeg.astype(int) - screen).mean() < 2


def test_a_half_sized_sheet_is_half_of_the_whole(laid: Laid) -> None:
    whole = load_bytes(drawn(laid, 2)).pixels
    half = load_bytes(drawn(laid, 1)).pixels
    reduced = cv2.resize(whole, (half.shape[1], half.shape[0]), interpolation=cv2.INTER_AREA)
    assert np.abs(reduced.astype(int) - half).mean() < 4


def _content(document: pikepdf.Pdf) -> bytes:
    forms = [
        each.read_bytes()
        for each in document.objects
        if isinstance(each, pikepdf.Stream) and each.get("/Subtype") == "/Form"
    ]
    return b"\n".join([document.pages[0].Contents.read_bytes(), *forms])


def _spaces(document: pikepdf.Pdf) -> list[object]:
    resources = document.pages[0].Resources
    return list(resources.get("/ColorSpace", {}).values())
