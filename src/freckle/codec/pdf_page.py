"""A page for the printer: the picture at its exact size, with bleed and crop marks (PDF 1.6).

The picture lies in it as JPEG with its ICC profile; trim and bleed are told as the boxes that
printers' programs read (ISO 15930, PDF/X).
"""

import io
from typing import Final

import numpy as np
from pypdf import PdfWriter
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    IndirectObject,
    NameObject,
    NumberObject,
    RectangleObject,
    StreamObject,
    TextStringObject,
)

from freckle.codec import jpeg_strips
from freckle.codec.decoded import Page, Prepared
from freckle.codec.icc import read_space
from freckle.codec.icc_build import SRGB, SRGB_CURVE, built

POINT: Final = 72 / 25.4
"""Points a millimeter."""
MARK: Final = 5.0
"""Length of a crop mark, in millimeters."""
GAP: Final = 3.0
"""Millimeters between trim and mark at least, where the bleed is less."""
DPI: Final = 300.0
"""Of a picture that does not say."""
Box = tuple[float, float, float, float]
"""Left, bottom, right and top in points."""


def laid(sheet: Prepared) -> bytes:
    """Return one page whose trim has the size that is told, or the picture's own at its dpi."""
    page = sheet.page or _own(sheet)
    around = max(page.bleed, GAP) + MARK if page.marks else page.bleed
    corner = around * POINT
    trim = (corner, corner, corner + page.width * POINT, corner + page.height * POINT)
    bleed = _grown(trim, page.bleed * POINT)
    media = (0.0, 0.0, trim[2] + corner, trim[3] + corner)
    writer = PdfWriter()
    made = writer.add_blank_page(width=media[2], height=media[3])
    for name, box in (("/MediaBox", media), ("/BleedBox", bleed), ("/TrimBox", trim)):
        made[NameObject(name)] = RectangleObject(box)
    profile = _stream(sheet.profile or SRGB_PROFILE)
    profile[NameObject("/N")] = NumberObject(1 if sheet.pixels.ndim == 2 else 3)
    picture = _picture(sheet)
    embedded = writer._add_object(profile)
    picture[NameObject("/ColorSpace")] = ArrayObject([NameObject("/ICCBased"), embedded])
    named = DictionaryObject({NameObject("/Picture"): writer._add_object(picture)})
    made[NameObject("/Resources")] = DictionaryObject({NameObject("/XObject"): named})
    drawing = _stream(_drawn(bleed, trim, page).encode("ascii"))
    made[NameObject("/Contents")] = writer._add_object(drawing)
    writer.root_object[NameObject("/OutputIntents")] = ArrayObject(
        [writer._add_object(_intent(embedded, sheet.profile or SRGB_PROFILE))]
    )
    writer.xmp_metadata = sheet.metadata.xmp
    writer.metadata = None
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def _intent(embedded: IndirectObject, profile: bytes) -> DictionaryObject:
    """Return for which condition the page is made: the embedded profile's (ISO 32000, 14.11.5).

    A printer's profile makes it an intent of PDF/X; a screen's, which PDF/X does not take, one of
    PDF/A, which printers' programs read as well.
    """
    space = read_space(profile)
    kind = "/GTS_PDFX" if profile[12:16] == b"prtr" else "/GTS_PDFA1"
    named = TextStringObject(space.name if space is not None else "Custom")
    return DictionaryObject(
        {
            NameObject("/Type"): NameObject("/OutputIntent"),
            NameObject("/S"): NameObject(kind),
            NameObject("/OutputConditionIdentifier"): named,
            NameObject("/Info"): named,
            NameObject("/DestOutputProfile"): embedded,
        }
    )


def _own(sheet: Prepared) -> Page:
    """Return a page of the picture's own size."""
    across, down = sheet.metadata.dpi or (DPI, DPI)
    height, width = sheet.pixels.shape[:2]
    return Page(width / across * 25.4, height / down * 25.4)


def _picture(sheet: Prepared) -> StreamObject:
    """Return the picture as JPEG; its color space is missing yet."""
    pixels = np.asarray(sheet.pixels, np.uint8)
    found = _stream(jpeg_strips.encode(pixels, sheet.quality, "444"))
    names = {"/Type": "/XObject", "/Subtype": "/Image", "/Filter": "/DCTDecode"}
    numbers = {"/Width": pixels.shape[1], "/Height": pixels.shape[0], "/BitsPerComponent": 8}
    found.update({NameObject(key): NameObject(value) for key, value in names.items()})
    found.update({NameObject(key): NumberObject(value) for key, value in numbers.items()})
    return found


def _stream(data: bytes) -> StreamObject:
    found = StreamObject()
    found.set_data(data)
    return found


def _grown(box: Box, by: float) -> Box:
    return box[0] - by, box[1] - by, box[2] + by, box[3] + by


def _drawn(bleed: Box, trim: Box, page: Page) -> str:
    """Return the page's content: the picture over the bleed, and hairlines at the corners."""
    width, height = bleed[2] - bleed[0], bleed[3] - bleed[1]
    lines = [f"q {width:.4f} 0 0 {height:.4f} {bleed[0]:.4f} {bleed[1]:.4f} cm /Picture Do Q"]
    if page.marks:
        start = max(page.bleed, GAP) * POINT
        near, far = start, start + MARK * POINT
        lines.append("q 0.25 w 0 0 0 1 K")
        for x, out in ((trim[0], -1), (trim[2], 1)):
            for y, up in ((trim[1], -1), (trim[3], 1)):
                lines.append(f"{x + out * near:.4f} {y:.4f} m {x + out * far:.4f} {y:.4f} l S")
                lines.append(f"{x:.4f} {y + up * near:.4f} m {x:.4f} {y + up * far:.4f} l S")
        lines.append("Q")
    return "\n".join(lines)


SRGB_PROFILE: Final = built("sRGB", SRGB, SRGB_CURVE)
