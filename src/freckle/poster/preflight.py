"""What a printer would refuse in a PDF: boxes, fonts, colors, and PDF/X-4's own fields.

After ISO 32000 (PDF), and ISO 15930-7 (PDF/X-4) as far as our files can break it. It reads the
finished file and knows nothing of how it was made.
"""

import io
from collections.abc import Iterator
from typing import Any, Final

SLACK: Final = 0.01
"""Points by which a box may leave the one around it."""
MOST_INK: Final = 0.02
"""Share by which rounding may go beyond the limit of ink."""
SCREEN: Final = frozenset({"rg", "RG"})
METADATA: Final = (
    *("pdfxid:GTS_PDFXVersion", "dc:title", "xmp:CreateDate", "xmp:ModifyDate"),
    *("xmp:MetadataDate", "xmpMM:DocumentID", "xmpMM:VersionID", "xmpMM:RenditionClass"),
    "pdf:Trapped",
)


def preflight(content: bytes, *, ink: float | None = None) -> list[str]:
    """Say what is wrong with a PDF for print; nothing where all is well.

    With `ink`, the most percent of ink in all, it must be PDF/X-4 with nothing but ink.
    """
    import pikepdf  # noqa: PLC0415 - only PDFs need it

    try:
        document = pikepdf.open(io.BytesIO(content))
    except pikepdf.PdfError:
        return ["This is no PDF that can be read."]
    with document:
        found = [*_document(document), *_boxes(document), *_fonts(document)]
        if ink is not None:
            found += [*_conditions(document), *_metadata(document), *_inks(document, ink)]
    return found


def _document(document: Any) -> Iterator[str]:
    if document.is_encrypted:
        yield "It is encrypted."
    root = document.Root
    if "/OpenAction" in root or "/AA" in root or "/JavaScript" in root.get("/Names", {}):
        yield "It acts when it is opened."
    for stream in _streams(document):
        if "/F" in stream:
            yield "A part of it lies in another file."
        if "LZW" in str(stream.get("/Filter", "")):
            yield "A part of it is compressed with LZW."


def _boxes(document: Any) -> Iterator[str]:
    for number, page in enumerate(document.pages, 1):
        media = _box(page.obj, "/MediaBox")
        trim, bleed = _box(page.obj, "/TrimBox"), _box(page.obj, "/BleedBox")
        if trim is None or media is None:
            yield f"Page {number} does not say where it is trimmed."
            continue
        if not _inside(trim, bleed or media) or (bleed and not _inside(bleed, media)):
            yield f"The boxes of page {number} do not lie in each other."


def _box(page: Any, name: str) -> list[float] | None:
    return [float(side) for side in page[name]] if name in page else None


def _inside(inner: list[float], outer: list[float]) -> bool:
    low = all(inner[k] >= outer[k] - SLACK for k in (0, 1))
    return low and all(inner[k] <= outer[k] + SLACK for k in (2, 3))


def _fonts(document: Any) -> Iterator[str]:
    import pikepdf  # noqa: PLC0415

    for font in document.objects:
        if not isinstance(font, pikepdf.Dictionary) or font.get("/Type") != "/Font":
            continue
        if font.get("/Subtype") in ("/Type0", "/Type3"):
            continue
        descriptor = font.get("/FontDescriptor", pikepdf.Dictionary())
        if not any(f"/FontFile{kind}" in descriptor for kind in ("", "2", "3")):
            yield f"The font {str(font.get('/BaseFont', '?'))[1:]} is not embedded."


def _conditions(document: Any) -> Iterator[str]:
    if document.pdf_version < "1.6":
        yield "It is older than PDF 1.6."
    intents = [
        each for each in document.Root.get("/OutputIntents", []) if each.get("/S") == "/GTS_PDFX"
    ]
    if len(intents) != 1:
        yield "It does not say for which printing condition it is made."
        return
    intent = intents[0]
    if "/DestOutputProfile" not in intent or int(intent.DestOutputProfile.get("/N", 0)) != 4:
        yield "It has no CMYK profile of its printing condition."
    if not str(intent.get("/OutputConditionIdentifier", "")) or not str(intent.get("/Info", "")):
        yield "Its printing condition has no name."
    if "/ID" not in document.trailer:
        yield "It has no ID."


def _metadata(document: Any) -> Iterator[str]:
    with document.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as meta:
        missing = [name for name in METADATA if not meta.get(name)]
        version, trapped = meta.get("pdfxid:GTS_PDFXVersion"), meta.get("pdf:Trapped")
    if missing:
        yield f"Its metadata lack {', '.join(missing)}."
    if version and not str(version).startswith("PDF/X-4"):
        yield f"It calls itself {version}."
    if document.docinfo.get("/Trapped") not in ("/True", "/False"):
        yield "It does not say whether it is trapped."
    elif str(document.docinfo["/Trapped"])[1:] != str(trapped):
        yield "It contradicts itself about trapping."


def _inks(document: Any, limit: float) -> Iterator[str]:
    import pikepdf  # noqa: PLC0415

    heaviest = 0.0
    for holder in _contents(document):
        instructions: Any = pikepdf.parse_content_stream(holder)
        for operands, operator in instructions:
            name = str(operator)
            if name in SCREEN or (name in ("scn", "SCN", "sc", "SC") and len(operands) == 3):
                yield "It has colors for the screen."
                return
            if name in ("k", "K"):
                inks = [float(value) for value in operands]
                heaviest = max(heaviest, 0.0 if min(inks) >= 1 else sum(inks) * 100)
    for stream in _streams(document):
        if stream.get("/Subtype") == "/Image" and not _is_ink(stream):
            yield "It has a picture for the screen."
    if heaviest > limit * (1 + MOST_INK):
        yield f"A color has {heaviest:.0f} % of ink, more than {limit:.0f} %."


def _is_ink(image: Any) -> bool:
    stencil = bool(image.get("/ImageMask", False))
    return stencil or image.get("/ColorSpace") in ("/DeviceCMYK", "/DeviceGray")


def _contents(document: Any) -> Iterator[Any]:
    yield from (page.obj for page in document.pages)
    yield from (each for each in _streams(document) if each.get("/Subtype") == "/Form")


def _streams(document: Any) -> Iterator[Any]:
    import pikepdf  # noqa: PLC0415

    for each in document.objects:
        if isinstance(each, pikepdf.Stream):
            yield each
