"""Files that people bring for a poster: typefaces and logos, looked into before they are kept."""

import hashlib
import re
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

import cv2
import numpy as np

from freckle.codec import SaveOptions, encode, load_bytes
from freckle.errors import RecipeError
from freckle.photo import Photo, Source
from freckle.poster.subject import Bytes, eight
from freckle.poster.typefaces import checked, licence_of
from freckle.poster.vectors import vector
from freckle.studio.screen import ToScreen

MOST_BYTES: Final = 12 << 20
LONGEST: Final = 2400
"""Pixels of a logo's longer side."""
FONTS: Final = {b"\0\1\0\0": "ttf", b"true": "ttf", b"OTTO": "otf"}
WEB_FONTS: Final = (b"wOFF", b"wOF2", b"ttcf")
KEPT: Final = re.compile(r"[0-9a-f]{24}\.(ttf|otf|png|svg)")
"""Names of files that were brought: of their content, so that one name is one file for ever."""


@dataclass(frozen=True, slots=True)
class Brought:
    """A file that may be used."""

    name: str
    kind: Literal["font", "logo"]
    content: bytes
    family: str = ""
    """Of a typeface."""
    embedding: Literal["", "installable", "editable", "preview"] = ""
    """What its maker allows documents to do with it (OS/2's fsType)."""
    licence: str = ""
    """What it says of its licence."""


def brought(content: bytes) -> Brought:
    """Look into a file and return it as it is kept. Raises `RecipeError` or `Refusal`.

    Pictures become PNG without metadata, SVG loses all that does not draw.
    """
    if len(content) > MOST_BYTES:
        raise RecipeError("This file is larger than 12 MB.", "Give a smaller one.")
    start = content[:4]
    if start in FONTS:
        return _font(content, FONTS[start])
    if start in WEB_FONTS:
        raise RecipeError("This typeface is packed for the web.", "Give its .ttf or .otf file.")
    if b"<svg" in content[:4096].lower():
        return _named("svg", "logo", vector(content).content)
    return _named("png", "logo", _picture(content))


def _named(ending: str, kind: Literal["font", "logo"], content: bytes, **more: str) -> Brought:
    name = f"{hashlib.sha256(content).hexdigest()[:24]}.{ending}"
    return Brought(name, kind, content, **more)  # type: ignore[arg-type]


def _font(content: bytes, ending: str) -> Brought:
    with tempfile.TemporaryDirectory(prefix="freckle-font-") as folder:
        path = Path(folder) / f"font.{ending}"
        path.write_bytes(content)
        face = checked(path)
        embedding, licence = licence_of(path)
    return _named(ending, "font", content, family=face.family, embedding=embedding, licence=licence)


def _picture(content: bytes) -> bytes:
    picture = load_bytes(content)
    longer = max(picture.width, picture.height)
    scale = min(1.0, LONGEST / longer)
    size = max(1, round(picture.width * scale)), max(1, round(picture.height * scale))
    color = _small(ToScreen(picture.space, picture.peak)(picture.pixels), size)
    alpha = None if picture.alpha is None else _small(eight(picture.alpha), size)
    plain = Photo(color, Source(format="png", digest=""), alpha=alpha)
    return encode(plain, SaveOptions(format="png"))


def _small(values: Bytes, size: tuple[int, int]) -> Bytes:
    if (values.shape[1], values.shape[0]) == size:
        return values
    return np.asarray(cv2.resize(values, size, interpolation=cv2.INTER_AREA), np.uint8)
