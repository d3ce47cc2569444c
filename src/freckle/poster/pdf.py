"""A sheet as PDF: boxes for trim and bleed, crop marks, ink by a profile, PDF/X-4's fields.

Type stays type, with its fonts embedded; shapes stay vectors. With a CMYK profile every color
and picture is ink, and the file says which printing condition it is made for (ISO 15930-7).
"""

import io
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from typing import Any, Final

import numpy as np

from freckle.codec import cmyk
from freckle.codec.icc import channels
from freckle.errors import RecipeError
from freckle.poster.columns import Ink
from freckle.poster.inking import in_ink
from freckle.poster.laid import Laid
from freckle.poster.palette import RGB
from freckle.poster.sheet import Make, on_screen, plain_sheet
from freckle.poster.typeset import typesetter

MARGIN: Final = 8 * 72 / 25.4
"""Points around the bleed that crop marks need."""
SCREEN_SCALE: Final = 2.0
"""Pixels of pictures to a point, on sheets in pixels."""
DPI: Final = 300
"""Pixels of pictures to an inch, on paper."""
ALL_INKS: Final = (100.0, 100.0, 100.0, 100.0)
LIMIT: Final = 300.0


@dataclass(frozen=True, slots=True)
class Print:
    """How a sheet goes to print."""

    profile: bytes | None = None
    """The printer's CMYK profile; none leaves sRGB."""
    marks: bool = True
    """Whether crop marks stand around sheets with a bleed."""
    limit: float = LIMIT
    """Percent of ink in all, at most."""


def pdf(laid: Laid, how: Print = Print()) -> bytes:
    """Return the sheet as PDF; the same sheet gives the same bytes. Raises `RecipeError`."""
    paper = laid.board.unit == "mm"
    margin = MARGIN if how.marks and laid.board.bleed else 0.0
    make = Make(
        scale=DPI / 72 if paper else SCREEN_SCALE,
        ink=on_screen if how.profile is None else inks(how.profile, how.limit),
        bleed=True,
        margin=margin,
        lossy=how.profile is None,
        exact=False,
        registration=(0, 0, 0) if how.profile is None else ALL_INKS,
    )
    with typesetter(laid.own) as setter:
        made = setter.pdf(plain_sheet(laid, setter, make))
    return _finished(made, laid, how, margin)


def inks(profile: bytes, limit: float) -> Ink:
    """Return a function from a color to percents of four inks. Raises `RecipeError`."""

    @cache
    def ink(color: RGB) -> list[float]:
        if color == (0, 0, 0):
            return [0.0, 0.0, 0.0, 100.0]  # small type in one ink cannot be out of register
        found = cmyk.from_srgb(np.array(color, np.uint8)[None, None], profile, limit)[0, 0]
        return [round(float(value) / 2.55, 2) for value in found]

    ink((255, 255, 255))  # a profile that is none is refused before any work
    return ink


def _finished(made: bytes, laid: Laid, how: Print, margin: float) -> bytes:
    import pikepdf  # noqa: PLC0415 - only PDFs need it

    with pikepdf.open(io.BytesIO(made)) as document:
        page = document.pages[0]
        width, height = float(page.MediaBox[2]), float(page.MediaBox[3])
        bleed = laid.board.bleed * laid.board.point
        page.obj.TrimBox = _box(margin + bleed, width, height)
        page.obj.BleedBox = _box(margin, width, height)
        if how.profile is not None:
            for image in _images(document):
                _inked(image, how.profile, how.limit)
            in_ink(document, inks(how.profile, how.limit))
            _conditions(document, how.profile, made)
        out = io.BytesIO()
        document.save(
            out,
            min_version="1.6",
            object_stream_mode=pikepdf.ObjectStreamMode.disable,
            deterministic_id=True,
        )
    return out.getvalue()


def _box(inset: float, width: float, height: float) -> Any:
    import pikepdf  # noqa: PLC0415

    sides = (inset, inset, width - inset, height - inset)
    return pikepdf.Array([round(side, 4) for side in sides])


def _images(document: Any) -> Iterator[Any]:
    """Return the pictures, without the masks of their transparency."""
    import pikepdf  # noqa: PLC0415

    masks = set()
    found = []
    for thing in document.objects:
        if isinstance(thing, pikepdf.Stream) and thing.get("/Subtype") == "/Image":
            found.append(thing)
            if "/SMask" in thing:
                masks.add(thing.SMask.objgen)
    yield from (each for each in found if each.objgen not in masks)


def _inked(image: Any, profile: bytes, limit: float) -> None:
    """Turn a picture's sRGB into ink."""
    import pikepdf  # noqa: PLC0415

    size = int(image.Height), int(image.Width)
    values = np.frombuffer(image.read_bytes(), np.uint8)
    depth = values.size // (size[0] * size[1])
    pixels = values[: size[0] * size[1] * depth].reshape(*size, depth)
    color = np.repeat(pixels, 3, axis=2) if depth == 1 else pixels[..., :3]
    ink = cmyk.from_srgb(np.ascontiguousarray(color), profile, limit)
    mask = image.get("/SMask")
    image.write(cmyk.to_jpeg(ink), filter=pikepdf.Name.DCTDecode)
    image.ColorSpace = pikepdf.Name.DeviceCMYK
    image.BitsPerComponent = 8
    if mask is not None:
        image.SMask = mask


def _conditions(document: Any, profile: bytes, made: bytes) -> None:
    """Say for which printing condition the file is made, and what PDF/X-4 asks of metadata.

    The same sheet (`made`) has the same id.
    """
    from pikepdf import Array, Dictionary, Name, String  # noqa: PLC0415

    icc = document.make_stream(profile)
    icc.N = 4
    icc.Alternate = Name.DeviceCMYK
    intent = Dictionary(
        Type=Name.OutputIntent,
        S=Name.GTS_PDFX,
        OutputConditionIdentifier=String("Custom"),
        Info=String(cmyk.named(profile)),
        DestOutputProfile=icc,
    )
    document.Root.OutputIntents = Array([document.make_indirect(intent)])
    with document.open_metadata(set_pikepdf_as_editor=False) as meta:
        meta["pdfxid:GTS_PDFXVersion"] = "PDF/X-4"
        meta["pdf:Trapped"] = "False"
        meta["dc:title"] = "Poster"
        for date in ("CreateDate", "ModifyDate", "MetadataDate"):
            meta[f"xmp:{date}"] = "1970-01-01T00:00:00Z"
        meta["xmpMM:DocumentID"] = f"uuid:{uuid.UUID(bytes=sha256(made).digest()[:16])}"
        meta["xmpMM:VersionID"] = "1"
        meta["xmpMM:RenditionClass"] = "default"
    document.docinfo["/Trapped"] = Name("/False")
    document.docinfo["/Title"] = String("Poster")


def check_profile(profile: bytes) -> None:
    """Refuse what is no CMYK profile. Raises `RecipeError`."""
    if channels(profile) != "cmyk":
        raise RecipeError("This is no CMYK profile.", "Give the ICC profile of your printer.")
