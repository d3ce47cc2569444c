"""A retouched JPEG keeps its tables, and its coefficients where no pixel changed."""

import io
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

import freckle
from freckle.codec import load, load_bytes
from freckle.codec.jpeg_kept import Original, encode, reason
from tests.studio.portraits import read

jpeglib = pytest.importorskip("jpeglib")
UNITS = {0: (8, 8), 1: (8, 16), 2: (16, 16)}


def jpeg(subsampling: int = 2, mode: str = "RGB", **options: object) -> bytes:
    out = io.BytesIO()
    image = Image.fromarray(read("astronaut").pixels).convert(mode).crop((60, 0, 365, 233))
    image.save(out, "JPEG", quality=83, subsampling=subsampling, **options)
    return out.getvalue()


def planes(data: bytes, folder: Path) -> list[np.ndarray]:
    (folder / "coded.jpg").write_bytes(data)
    coded = jpeglib.read_dct(str(folder / "coded.jpg"))
    return [each for each in (coded.Y, coded.Cb, coded.Cr) if each is not None]


@pytest.mark.parametrize("subsampling", UNITS)
@pytest.mark.parametrize("kind", [{}, {"progressive": True}, {"restart_marker_rows": 1}])
def test_only_units_with_changed_pixels_get_other_coefficients(
    subsampling: int, kind: dict[str, object], tmp_path: Path
) -> None:
    data = jpeg(subsampling, **kind)
    photo = load_bytes(data)
    pixels = photo.pixels.copy()
    pixels[100:120, 150:190] //= 2
    pixels[-1, -1] = 0  # in a unit that the picture does not fill
    made = encode(Original(data, photo), pixels)
    assert encode(Original(data, photo), pixels) == made
    height, width = UNITS[subsampling]
    changed = (pixels != photo.pixels).any(axis=2)
    for number, (before, after) in enumerate(
        zip(planes(data, tmp_path), planes(made, tmp_path), strict=True)
    ):
        y, x = np.nonzero((before != after).any(axis=(2, 3)))
        down, across = (1, 1) if number else (height // 8, width // 8)
        units = set(zip((y // down).tolist(), (x // across).tolist(), strict=True))
        assert units
        for row, column in units:
            assert changed[row * height : (row + 1) * height, column * width :][:, :width].any()
    shown = load_bytes(made).pixels.astype(int)
    assert np.abs(shown - pixels)[104:116, 160:180].mean() < 4
    assert np.array_equal(shown[:80], photo.pixels[:80])


def test_gray_is_kept_and_what_cannot_be_is_said() -> None:
    data = jpeg(mode="L")
    photo = load_bytes(data)
    assert np.array_equal(
        load_bytes(encode(Original(data, photo), photo.pixels)).pixels, photo.pixels
    )
    exif = Image.Exif()
    exif[0x0112] = 6
    for odd, why in ((jpeg(exif=exif), "turned"), (jpeg(0, "CMYK"), "no JPEG in YCbCr")):
        photo = load_bytes(odd)
        assert why in str(reason(Original(odd, photo), photo))
    assert "frame or size" in str(
        reason(
            Original(data, load_bytes(data)), load_bytes(jpeg(2)).with_frame(photo.pixels[:9], None)
        )
    )


def test_a_retouch_keeps_everything_around_the_face(tmp_path: Path) -> None:
    original, made = tmp_path / "in.jpg", tmp_path / "out.jpg"
    Image.fromarray(read("astronaut").pixels).save(
        original, quality=80, dpi=(240, 240), comment=b"hi"
    )
    result = freckle.retouch(freckle.open(original), "natural")
    assert result.save(made, keep_blocks=True) == ()
    before, after = (planes(path.read_bytes(), tmp_path) for path in (original, made))
    same = (before[0] == after[0]).all(axis=(2, 3))
    assert same[-16:].all()
    assert 0.01 < 1 - same.mean() < 0.5
    assert load(made).metadata.dpi == (240, 240)
    assert load(made).metadata.texts == (("Comment", "hi"),)
    (note,) = result.save(made, keep_blocks=True, quality=70)
    assert "not kept" in note
