"""Logos as SVG: what draws is kept, what could act, fetch or grow without end is not.

Nothing but an allowed element comes through; links lead into the file itself (SVG 1.1, SVG 2).
"""

import re
from dataclasses import dataclass
from typing import Final
from xml.etree import ElementTree as ET

from freckle.errors import RecipeError

SVG: Final = "http://www.w3.org/2000/svg"
XLINK: Final = "http://www.w3.org/1999/xlink"
MOST_BYTES: Final = 1 << 20
MOST_DRAWN: Final = 50_000
"""Elements drawn, each as often as `use` repeats it."""
DEEPEST: Final = 64
DRAWS: Final = frozenset(
    {
        *("svg", "g", "defs", "symbol", "use", "title", "desc", "style", "path", "rect"),
        *("circle", "ellipse", "line", "polyline", "polygon", "linearGradient"),
        *("radialGradient", "stop", "clipPath", "mask", "pattern"),
    }
)
REFUSED: Final = {
    "text": "has letters that are no outlines",
    "image": "has a picture inside",
    "foreignObject": "has a web page inside",
}
DOCTYPE: Final = re.compile(rb"<!DOCTYPE[^\[>]*>", re.IGNORECASE)
FETCHES: Final = re.compile(
    r"url\(\s*['\"]?\s*(?!#)|@import|javascript:|expression\(", re.IGNORECASE
)
NUMBER: Final = re.compile(r"\s*([0-9]*\.?[0-9]+)\s*(px|pt|mm|cm|in)?\s*")


@dataclass(frozen=True, slots=True)
class Vector:
    """A drawing that is safe to set."""

    content: bytes
    width: float
    height: float
    """In its own units: only their ratio matters."""


def vector(content: bytes) -> Vector:
    """Return a drawing with nothing in it but what draws. Raises `RecipeError`."""
    root = _root(content)
    _check_tree(root)
    _cleaned(root)
    width, height = _size(root)
    _check_growth(root)
    ET.register_namespace("", SVG)
    ET.register_namespace("xlink", XLINK)
    return Vector(ET.tostring(root, encoding="utf-8"), width, height)


def _root(content: bytes) -> ET.Element:
    if len(content) > MOST_BYTES:
        raise RecipeError("This SVG is larger than 1 MB.", "Simplify it, or give a PNG.")
    plain = DOCTYPE.sub(b"", content)
    if b"<!" in plain.replace(b"<!--", b"").replace(b"<![CDATA[", b""):
        raise RecipeError("This SVG declares entities.", "Export it again as plain SVG.")
    try:
        root = ET.fromstring(plain)  # noqa: S314 - entities were refused, and it is small
    except (ET.ParseError, ValueError, LookupError) as error:
        raise RecipeError("This SVG cannot be read.", "Export it again as plain SVG.") from error
    if root.tag != f"{{{SVG}}}svg":
        raise RecipeError("This is no SVG.", "Give an SVG or a PNG.")
    return root


def _name(element: ET.Element) -> str:
    """Return the name of an SVG element; empty for all others."""
    tag = str(element.tag)
    return tag.removeprefix(f"{{{SVG}}}") if tag.startswith(f"{{{SVG}}}") else ""


def _check_tree(root: ET.Element) -> None:
    deep = [(root, 0)]
    while deep:
        element, depth = deep.pop()
        if depth > DEEPEST:
            raise RecipeError("This SVG is nested too deeply.", "Simplify it, or give a PNG.")
        if _name(element) in REFUSED:
            raise RecipeError(
                f"This SVG {REFUSED[_name(element)]}.", "Turn it into outlines, or give a PNG."
            )
        deep += [(child, depth + 1) for child in element]


def _cleaned(element: ET.Element) -> None:
    for name, value in list(element.attrib.items()):
        link = name in ("href", f"{{{XLINK}}}href")
        foreign = name.startswith("{") and not link
        acts = name.lower().startswith("on") or FETCHES.search(value) is not None
        if foreign or acts or (link and not value.strip().startswith("#")):
            del element.attrib[name]
    if _name(element) == "style" and FETCHES.search("".join(element.itertext())):
        element.text = ""
    for child in list(element):
        if _name(child) in DRAWS:
            _cleaned(child)
        else:
            element.remove(child)


def _size(root: ET.Element) -> tuple[float, float]:
    """Return width and height, and say them in the file."""
    box = [float(part) for part in re.findall(r"-?[0-9]*\.?[0-9]+", root.get("viewBox", ""))]
    given = [NUMBER.fullmatch(root.get(side, "")) for side in ("width", "height")]
    if len(box) == 4:
        width, height = box[2], box[3]
    elif all(given):
        width, height = (float(each[1]) for each in given if each)
        root.set("viewBox", f"0 0 {width:g} {height:g}")
    else:
        width = height = 0.0
    if not (0 < width < 1e6 and 0 < height < 1e6 and 1 / 40 < width / height < 40):
        raise RecipeError("This SVG does not say how large it is.", "Give it a viewBox.")
    root.set("width", f"{width:g}")
    root.set("height", f"{height:g}")
    return width, height


def _check_growth(root: ET.Element) -> None:
    """Refuse drawings whose `use` elements repeat each other without end, or nearly so."""
    named = {each.get("id"): each for each in root.iter() if each.get("id")}
    known: dict[int, int] = {}
    open_: set[int] = set()

    def cost(element: ET.Element) -> int:
        key = id(element)
        if key in known:
            return known[key]
        if key in open_:
            raise _endless()
        open_.add(key)
        found = 1 + sum(cost(child) for child in element)
        if _name(element) == "use":
            link = element.get("href", element.get(f"{{{XLINK}}}href", ""))
            target = named.get(link.strip()[1:])
            found += cost(target) if target is not None else 0
        open_.discard(key)
        if found > MOST_DRAWN:
            raise _endless()
        known[key] = found
        return found

    cost(root)


def _endless() -> RecipeError:
    return RecipeError("This SVG repeats itself too often.", "Simplify it, or give a PNG.")
