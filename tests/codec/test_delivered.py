"""JPEG XL, HEIC and PDF: written whole, with their metadata, and read by other programs."""

import io
from dataclasses import replace

import imagecodecs
import numpy as np
import pytest
from PIL import Image

from freckle.codec import SaveOptions, encode, load_bytes
from freckle.codec.cms import PROFILES, in_space
from freckle.codec.decoded import Page
from freckle.errors import Refusal
from freckle.photo import Metadata, Photo, Source
from tests.studio.portraits import read

EXIF = b"II*\0\x08\0\0\0\0\0\0\0\0\0"
XMP = b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="r"/></x:xmpmeta>'


def photo(pixels: np.ndarray | None = None, **changes: object) -> Photo:
    made = read("astronaut").pixels[:240, 100:260] if pixels is None else pixels
    return replace(Photo(np.ascontiguousarray(made), Source("png", "")), **changes)


def test_jpeg_xl_keeps_16_bits_and_metadata() -> None:
    deep = np.random.default_rng(0).integers(0, 65536, (40, 30, 3), np.uint16)
    wished = SaveOptions(format="jxl", quality=100)
    data = encode(photo(deep, metadata=Metadata(exif=EXIF, xmp=XMP)), wished)
    assert np.array_equal(imagecodecs.jpegxl_decode(data), deep)
    assert b"Exif\0\0\0\0II*" in data
    assert b"xml <x:xmpmeta" in data
    assert encode(photo(deep, metadata=Metadata(exif=EXIF, xmp=XMP)), wished) == data
    wide = in_space(photo(), "p3")
    shown = imagecodecs.jpegxl_decode(encode(wide, SaveOptions(format="jxl", quality=95)))
    assert np.abs(shown.astype(int) - photo().pixels).mean() < 2
    with pytest.raises(Refusal, match="JPEG XL"):
        load_bytes(data)


def test_heic_is_read_again_with_its_profile() -> None:
    pytest.importorskip("pillow_heif")
    made = load_bytes(encode(in_space(photo(), "p3"), SaveOptions(format="heic", quality=95)))
    assert made.space.name == "Display P3"
    assert made.profile == PROFILES["p3"]
    wanted = in_space(photo(), "p3").pixels.astype(int)
    assert np.abs(made.pixels.astype(int) - wanted).mean() < 2


def test_a_page_is_exact_to_the_millimeter_and_passes_a_check() -> None:
    pikepdf = pytest.importorskip("pikepdf")
    page = Page(100, 150, bleed=3, marks=True)
    wished = SaveOptions(format="pdf", page=page)
    data = encode(in_space(photo(), "adobe"), wished)
    assert encode(in_space(photo(), "adobe"), wished) == data
    with pikepdf.open(io.BytesIO(data)) as document:
        assert document.check_pdf_syntax() == []
        (sheet,) = document.pages
        sides = {name: [float(side) / 72 * 25.4 for side in sheet[name]] for name in
                 ("/MediaBox", "/BleedBox", "/TrimBox")}  # fmt: skip
        trim, bleed = sides["/TrimBox"], sides["/BleedBox"]
        assert [trim[2] - trim[0], trim[3] - trim[1]] == pytest.approx([100, 150], abs=0.01)
        assert [trim[0] - bleed[0], bleed[3] - trim[3]] == pytest.approx([3, 3], abs=0.01)
        assert sides["/MediaBox"][2] == pytest.approx(100 + 2 * 8, abs=0.01)
        (picture,) = sheet.get_images().values()
        assert bytes(picture.ColorSpace[1].read_bytes()) == PROFILES["adobe"]
        (intent,) = document.Root.OutputIntents
        assert bytes(intent.DestOutputProfile.read_bytes()) == PROFILES["adobe"]
        assert intent.DestOutputProfile.objgen == picture.ColorSpace[1].objgen, "embedded once"
        assert (str(intent.S), str(intent.Info)[-16:]) == ("/GTS_PDFA1", "Adobe RGB (1998)")
        assert int(intent.DestOutputProfile.N) == 3
        shown = np.asarray(Image.open(io.BytesIO(picture.read_raw_bytes())), int)
        assert np.abs(shown - in_space(photo(), "adobe").pixels).mean() < 2
        assert sheet.Contents.read_bytes().count(b" l S") == 8
    plain = encode(photo(metadata=Metadata(dpi=(80, 80))), SaveOptions(format="pdf"))
    with pikepdf.open(io.BytesIO(plain)) as document:
        assert float(document.pages[0].MediaBox[2]) == pytest.approx(160 / 80 * 72, abs=0.01)
