"""TIFF of every layout, against readers that share nothing with ours: read rightly or refused."""

import io
import itertools
import struct

import cv2
import numpy as np
import pytest
import tifffile
from PIL import Image

from freckle.codec import load_bytes
from freckle.errors import Refusal
from tests.codec import specimens
from tests.codec.bombs import number, page

COMPRESSIONS = [None, "lzw", "deflate", "packbits", "zstd", "jpeg"]
KINDS = {
    "black is zero": ("minisblack", 1),
    "white is zero": ("miniswhite", 1),
    "RGB": ("rgb", 3),
    "YCbCr": ("ycbcr", 3),
    "CMYK": ("separated", 4),
    "CIELAB": ("cielab", 3),
}
LAYOUTS = {
    "strips": {},
    "strips of 7 lines": {"rowsperstrip": 7},
    "tiles": {"tile": (16, 32)},
    "planes": {"planarconfig": "separate"},
    "big-endian": {"byteorder": ">"},
    "BigTIFF": {"bigtiff": True},
    "predicted": {"predictor": 2},
}


def picture(channels: int, bits: int) -> np.ndarray:
    values = np.dstack([specimens.scene(43, 70), specimens.scene(43, 70)[::-1, :, 0]])
    values = np.ascontiguousarray(values[..., :channels] if channels > 1 else values[..., 0])
    if bits == 16:
        noise = specimens.noise(values.shape, np.uint8, seed=3)
        return (values.astype(np.uint16) * 257) ^ noise
    return values


def stored(kind: str, compression: str | None, layout: str, bits: int) -> bytes:
    photometric, channels = KINDS[kind]
    values = picture(channels, bits)
    if layout == "planes":
        values = np.moveaxis(values, -1, 0) if channels > 1 else values[None]
    out = io.BytesIO()
    options = dict(LAYOUTS[layout])
    order = {name: options.pop(name) for name in ("byteorder", "bigtiff") if name in options}
    with tifffile.TiffWriter(out, **order) as writer:
        writer.write(np.ascontiguousarray(values), photometric=photometric,
                     compression=compression, metadata=None, **options)  # fmt: skip
    return out.getvalue()


def expected(data: bytes, kind: str, bits: int) -> np.ndarray | None:
    """What libtiff makes of it through Pillow; with 16 bits, which Pillow cuts, what was stored."""
    if bits == 16:
        values = picture(KINDS[kind][1], 16)
        values = np.invert(values) if kind == "white is zero" else values
        return np.repeat(values[..., None], 3, axis=2) if values.ndim == 2 else values
    try:
        with Image.open(io.BytesIO(data)) as image:
            return np.asarray(image.convert("RGB"))
    except (OSError, SyntaxError, ValueError):
        return None


def tolerance(kind: str, compression: str | None) -> float:
    if compression == "jpeg":
        return 3
    return 0.5 if kind == "YCbCr" else 0.01


@pytest.mark.parametrize(("kind", "bits"), list(itertools.product(KINDS, (8, 16))))
def test_every_layout_is_read_rightly_or_refused(kind: str, bits: int) -> None:
    opened, wrong, ink = 0, [], None
    for compression, layout in itertools.product(COMPRESSIONS, LAYOUTS):
        try:
            data = stored(kind, compression, layout, bits)
        except (ValueError, TypeError, KeyError, NotImplementedError, RuntimeError):
            continue  # nobody writes such a file
        try:
            found = load_bytes(data)
        except Refusal as error:
            wrong += [] if error.code == "type_not_accepted" else [(compression, layout, error)]
            continue
        opened += 1
        if kind == "CMYK":  # printing colors are converted in more than one way: all alike
            ink = found.pixels if ink is None else ink
        other = expected(data, kind, bits) if ink is None else ink
        if other is None:
            continue
        apart = np.abs(found.pixels.astype(int) - other.astype(int)).mean()
        if apart > tolerance(kind, compression):
            wrong.append((compression, layout, apart))
    assert wrong == []
    assert (opened == 0) == (kind == "CIELAB" or (kind == "YCbCr" and bits == 16))


def ycbcr(compression: int, subsampling: tuple[int, int] | None, **more: object) -> bytes:
    """Three planes, interleaved."""
    rgb = specimens.scene(16, 24)
    values = cv2.cvtColor(rgb, cv2.COLOR_RGB2YCrCb)[..., [0, 2, 1]]
    fields = {"t262": number(6, kind=3), **more}
    if subsampling:
        fields["t530"] = number(*subsampling, kind=3)
    return page(24, 16, np.ascontiguousarray(values).tobytes(), compression, **fields)  # type: ignore[arg-type]


def test_luma_and_color_differences_become_rgb() -> None:
    found = load_bytes(ycbcr(1, (1, 1)))
    assert np.abs(found.pixels.astype(int) - specimens.scene(16, 24)).mean() < 1.5
    ratios = (
        5,
        struct.pack("<12I", *[v for n in (16, 235, 128, 240, 128, 240) for v in (n, 1)]),
        6,
    )
    narrow = load_bytes(ycbcr(1, (1, 1), t532=ratios))
    assert np.abs(narrow.pixels.astype(int) - found.pixels).mean() > 2


@pytest.mark.parametrize("subsampling", [None, (2, 2), (2, 1), (4, 4)])
def test_reduced_color_differences_are_refused(subsampling: tuple[int, int] | None) -> None:
    with pytest.raises(Refusal) as caught:
        load_bytes(ycbcr(1, subsampling))
    assert caught.value.code == "type_not_accepted"
    assert "YCbCr" in caught.value.message
