"""Colors of a PDF that are still for the screen, turned into ink.

The typesetter's inks have no alpha, so translucent layers come out of it in sRGB.
"""

from collections.abc import Iterator
from typing import Any, Final

from freckle.poster.columns import Ink

PAINTS: Final = {"scn": "k", "SCN": "K"}
"""Fill and stroke."""
SPACES: Final = {"cs": "scn", "CS": "SCN"}


def in_ink(document: Any, ink: Ink) -> None:
    """Turn every sRGB color of a document's pages and forms into ink, in place."""
    import pikepdf  # noqa: PLC0415 - only PDFs need it

    for holder in _holders(document):
        spaces = holder.get("/Resources", pikepdf.Dictionary()).get("/ColorSpace")
        screen = {name for name, space in (spaces or {}).items() if _of_screen(space)}
        if not screen:
            continue
        found = list(_turned(pikepdf.parse_content_stream(holder), screen, ink))
        content = pikepdf.unparse_content_stream(found)
        if isinstance(holder, pikepdf.Stream):
            holder.write(content)
        else:
            holder.Contents = document.make_stream(content)
        for name in screen:
            del spaces[name]


def _turned(instructions: Any, screen: set[str], ink: Ink) -> Iterator[Any]:
    import pikepdf  # noqa: PLC0415

    on_screen = {"scn": False, "SCN": False}
    for operands, operator in instructions:
        name = str(operator)
        if name in SPACES:
            on_screen[SPACES[name]] = str(operands[0]) in screen
            if on_screen[SPACES[name]]:
                continue
        if on_screen.get(name) and len(operands) == 3:
            red, green, blue = (round(float(value) * 255) for value in operands)
            inks = [round(value / 100, 4) for value in ink((red, green, blue))]
            yield pikepdf.ContentStreamInstruction(inks, pikepdf.Operator(PAINTS[name]))
            continue
        if name in ("k", "K", "g", "G"):
            on_screen[{"k": "scn", "K": "SCN", "g": "scn", "G": "SCN"}[name]] = False
        yield pikepdf.ContentStreamInstruction(operands, operator)


def _holders(document: Any) -> Iterator[Any]:
    """Return what has content of its own: pages, and forms."""
    import pikepdf  # noqa: PLC0415

    yield from (page.obj for page in document.pages)
    for each in document.objects:
        if isinstance(each, pikepdf.Stream) and each.get("/Subtype") == "/Form":
            yield each


def _of_screen(space: Any) -> bool:
    import pikepdf  # noqa: PLC0415

    if isinstance(space, pikepdf.Array) and space[0] == "/ICCBased":
        return int(space[1].N) == 3
    return bool(space == "/DeviceRGB")
