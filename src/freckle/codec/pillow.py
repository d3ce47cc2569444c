"""Photos from Pillow's pictures and to them."""

from typing import Any, Final, TypeAlias

import numpy as np
from PIL import Image

from freckle.codec.channels import as_pixels, join, narrowed, split
from freckle.codec.decoded import Decoded
from freckle.codec.limits import check_size, not_accepted
from freckle.codec.opening import refusing, settled
from freckle.photo import Metadata, Photo, Pixels

Picture: TypeAlias = Image.Image
PLAIN: Final = {
    "L": "L",
    "LA": "LA",
    "RGB": "RGB",
    "RGBA": "RGBA",
    "1": "L",
    "La": "LA",
    "PA": "RGBA",
    "RGBX": "RGB",
    "RGBa": "RGBA",
    "YCbCr": "RGB",
    "HSV": "RGB",
}
"""What a mode is read as; palettes are read as the colors that they hold."""
DEEP: Final = frozenset({"I;16", "I;16L", "I;16B", "I;16N"})
"""Gray with 16 bits, the only deep kind that Pillow has."""
EXIF: Final = b"Exif\0\0"
"""What stands before an EXIF block where Pillow keeps it."""


def from_image(given: Any) -> Photo:
    """Return a photo from a Pillow picture, upright as its EXIF says; the picture is copied.

    Profile, EXIF, XMP and resolution come along. Raises Refusal and nothing else.
    """
    if not isinstance(given, Picture):
        raise not_accepted(
            f"{type(given).__name__} is no Pillow picture.", "Give what PIL.Image.open returns."
        )
    return refusing(lambda: settled(_decoded(given), ""))


def _decoded(image: Picture) -> Decoded:
    check_size(image.width, image.height)
    parts = split(_values(image))
    return Decoded(
        "png",
        parts.pixels.copy(),
        None if parts.alpha is None else parts.alpha.copy(),
        profile=_block(image, "icc_profile"),
        metadata=Metadata(
            exif=_exif(image), xmp=_block(image, "xmp"), dpi=_density(image.info.get("dpi"))
        ),
        gray=parts.gray,
    )


def _values(image: Picture) -> Pixels:
    if image.mode in DEEP:
        return as_pixels(np.asarray(image).astype(np.uint16))
    mode = PLAIN.get(image.mode)
    if image.mode == "P":
        mode = "RGBA" if "transparency" in image.info else "RGB"
    elif mode in ("L", "RGB") and "transparency" in image.info:
        mode += "A"  # one color that is clear
    if mode is None:
        raise not_accepted(
            f"Pillow pictures of mode {image.mode} are not read.", "Convert it to RGB or L first."
        )
    return as_pixels(np.asarray(image if image.mode == mode else image.convert(mode)))


def _block(image: Picture, name: str) -> bytes | None:
    block = image.info.get(name)
    return block if isinstance(block, bytes) and block else None


def _exif(image: Picture) -> bytes | None:
    block = _block(image, "exif")
    return None if block is None else block.removeprefix(EXIF)


def _density(given: Any) -> tuple[float, float] | None:
    try:
        across, down = (float(value) for value in given)
    except (TypeError, ValueError):
        return None
    return (across, down) if across > 0 and down > 0 else None


def to_image(photo: Photo) -> Picture:
    """Return a Pillow picture: L, LA, RGB or RGBA with 8 bits; gray with 16 bits as I;16.

    Profile, EXIF, XMP and resolution are in its `info`; Pillow's `save` wants them named, as in
    `save(path, icc_profile=image.info.get("icc_profile"))`.
    """
    gray = photo.source.gray
    values = join(photo.pixels[..., 0] if gray else photo.pixels, photo.alpha)
    if values.ndim == 3:
        values = narrowed(values)
    image = Image.fromarray(np.ascontiguousarray(values))
    kept = photo.metadata
    exif = None if kept.exif is None else EXIF + kept.exif
    blocks = {"icc_profile": photo.profile, "exif": exif, "xmp": kept.xmp, "dpi": kept.dpi}
    image.info.update({name: block for name, block in blocks.items() if block is not None})
    return image
