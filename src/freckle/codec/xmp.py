"""Bring an XMP packet in line with the picture: previews, what was dropped, places, sizes.

A packet that is no well-formed XML is not kept: nobody can say what it shows.
"""

import re
from collections.abc import Callable
from html import escape
from typing import Final

from freckle.codec.packet import (
    Element,
    Span,
    UnreadableError,
    elements,
    every,
    namespaces,
    replaced,
)

GOOGLE: Final = b"http://ns.google.com/photos/1.0/"
DYNAMIC_DEPTH: Final = b"http://ns.google.com/photos/dd/1.0/"
SPACES: Final = {
    b"hdrgm": b"http://ns.adobe.com/hdr-gain-map/1.0/",
    b"HDRGainMap": b"http://ns.apple.com/HDRGainMap/1.0/",
    b"GContainer": GOOGLE + b"container/",
    b"Container": GOOGLE + b"container/",
    b"Item": GOOGLE + b"container/item/",
    b"GDepth": GOOGLE + b"depthmap/",
    b"GImage": GOOGLE + b"image/",
    b"GAudio": GOOGLE + b"audio/",
    b"GPano": GOOGLE + b"panorama/",
    b"depthData": b"http://ns.apple.com/depthData/1.0/",
    b"apdi": b"http://ns.apple.com/pixeldatainfo/1.0/",
    b"xmpGImg": b"http://ns.adobe.com/xap/1.0/g/img/",
}
"""Namespaces by the prefixes that they usually have, for packets that do not declare them."""
GAIN_MAP: Final = frozenset({SPACES[b"hdrgm"], SPACES[b"HDRGainMap"]})
GONE: Final = GAIN_MAP | frozenset(
    SPACES[prefix]
    for prefix in b"Container Item GDepth GImage GAudio depthData apdi xmpGImg".split()
)
"""They describe or hold other pictures, sounds and videos, which do not come along."""
COMPANIONS: Final = (b"MotionPhoto", b"MicroVideo", b"OLivePhoto", b"Thumbnails", b"HasExtendedXMP")
"""How properties begin that speak of a video beside the picture, or are a small copy of it."""
REGIONS: Final = frozenset({b"Regions", b"RegionInfo", b"ImageRegion", b"ACDSeeRegions"})
"""Places of faces and things in the picture (MWG, Microsoft, IPTC, ACDSee)."""
PLACES: Final = frozenset({
    b"City", b"State", b"Country", b"CountryCode", b"CountryName", b"ProvinceState", b"WorldRegion",
    b"Sublocation", b"SubLocation", b"Location", b"LocationCreated", b"LocationShown",
    b"LocationId", b"LocationName", b"coverage", b"shotLocation", b"lat", b"long", b"latitude",
    b"longitude", b"AbsoluteAltitude", b"RelativeAltitude", b"Address", b"GeoTag",
})  # fmt: skip
"""Properties that tell a place (IPTC, Photoshop, Dublin Core, W3C geo, DJI), beside GPS…"""
SIZES: Final = {b"PixelXDimension": 0, b"PixelYDimension": 1, b"ImageWidth": 0, b"ImageLength": 1}

Rule = Callable[[bytes, bytes, bytes], bytes | None]
"""Namespace, name and value of a property to its new value, or None if it goes."""


def settle(packet: bytes) -> bytes | None:
    """Set the orientation to 1; drop previews, and what describes companions of the picture.

    None if the packet cannot be understood.
    """

    def rule(space: bytes, name: bytes, value: bytes) -> bytes | None:
        if space in GONE or space.startswith(DYNAMIC_DEPTH) or name.startswith(COMPANIONS):
            return None
        return b"1" if name == b"Orientation" and value.strip() in TURNED else value

    kept = _edited(packet, rule)
    return kept if kept is None or SPACES[b"hdrgm"] not in kept else _without_empty(kept)


def _without_empty(packet: bytes) -> bytes:
    """Take out descriptions that say nothing any more, or each saving would leave one."""
    spans = [
        each.span
        for each in every(elements(packet))
        if each.name.rpartition(b":")[2] == b"Description"
        and not packet[slice(*each.inside)].strip()
        and all(a.name.startswith(b"xmlns") or a.name.endswith(b"about") for a in each.attributes)
    ]
    return replaced(packet, ((span, b"") for span in spans))


def has_gain_map(packet: bytes) -> bool:
    """Whether the packet says that a picture for HDR screens comes with this one."""
    return b"GainMap" in packet or SPACES[b"hdrgm"] in packet


def without_regions(packet: bytes) -> bytes | None:
    """Drop what points to places in the picture, for pixels that lie elsewhere now."""

    def rule(space: bytes, name: bytes, value: bytes) -> bytes | None:
        return None if name in REGIONS or space == SPACES[b"GPano"] else value

    return _edited(packet, rule)


def resized(packet: bytes, width: int, height: int) -> bytes | None:
    """Correct the properties that repeat the picture's size."""
    size = width, height

    def rule(_space: bytes, name: bytes, value: bytes) -> bytes | None:
        return b"%d" % size[SIZES[name]] if name in SIZES and value.strip().isdigit() else value

    return _edited(packet, rule)


def without_place(packet: bytes) -> bytes | None:
    """Remove position, address, city and country; None if one may be left."""

    def rule(_space: bytes, name: bytes, value: bytes) -> bytes | None:
        return None if name in PLACES or name[:3].upper() == b"GPS" else value

    cleaned = _edited(packet, rule)
    return None if cleaned is None or b"GPSL" in cleaned else cleaned


def disclosed(packet: bytes | None, line: str, *, enlarged: bool) -> bytes:
    """Return a packet that says in a plain line what was done, in place of what it said of it.

    The line is Photoshop's own field for a photo's history; IPTC's digital source type
    (Photo Metadata 2023.1) says that a person edited it, or that an algorithm enlarged it.
    """

    def rule(_space: bytes, name: bytes, value: bytes) -> bytes | None:
        return (
            None if name in (b"History", b"DigitalSourceType") and not value.count(b"<") else value
        )

    kept = _edited(packet, rule) if packet else None
    kind = b"algorithmicallyEnhanced" if enlarged else b"humanEdits"
    return added(kept, DISCLOSED % (escape(line, quote=False).encode("utf-8"), kind))


def added(packet: bytes | None, description: bytes) -> bytes:
    """Return a packet with one more `rdf:Description`; a new one where there is none to add to."""
    kept = packet or EMPTY
    end = RDF_END.search(kept)
    if end is None:
        kept, end = EMPTY, RDF_END.search(EMPTY)
    assert end is not None  # noqa: S101 - it is in EMPTY
    return kept[: end.start()] + description + kept[end.start() :]


RDF_END: Final = re.compile(rb"</([\w.-]+:)?RDF\s*>")
EMPTY: Final = (
    b'<x:xmpmeta xmlns:x="adobe:ns:meta/">'
    b'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"></rdf:RDF></x:xmpmeta>'
)
DISCLOSED: Final = (
    b'<rdf:Description xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
    b'xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/" '
    b'xmlns:Iptc4xmpExt="http://iptc.org/std/Iptc4xmpExt/2008-02-29/">'
    b"<photoshop:History>%s</photoshop:History><Iptc4xmpExt:DigitalSourceType>"
    b"http://cv.iptc.org/newscodes/digitalsourcetype/%s</Iptc4xmpExt:DigitalSourceType>"
    b"</rdf:Description>"
)
TURNED: Final = frozenset({b"2", b"3", b"4", b"5", b"6", b"7", b"8"})


def _edited(packet: bytes, rule: Rule) -> bytes | None:
    try:
        top = elements(packet)
    except UnreadableError:
        return None
    spaces = SPACES | namespaces(top, packet)

    def asked(name: bytes, value: bytes) -> bytes | None:
        prefix, _, local = name.rpartition(b":")
        return rule(spaces.get(prefix, b""), local, value)

    changes: list[tuple[Span, bytes]] = []
    for element in every(top):
        text = b"" if element.children else packet[slice(*element.inside)]
        answer = asked(element.name, text)
        if answer is None:
            changes.append((element.span, b""))
        elif answer != text:
            changes.append((element.inside, answer))
        changes += _attributes(packet, element, asked)
    return replaced(packet, changes)


def _attributes(
    packet: bytes, element: Element, asked: Callable[[bytes, bytes], bytes | None]
) -> list[tuple[Span, bytes]]:
    changes: list[tuple[Span, bytes]] = []
    for each in element.attributes:
        if each.name.startswith(b"xmlns"):
            continue
        value = packet[slice(*each.value)]
        answer = asked(each.name, value)
        if answer is None:
            changes.append((each.span, b""))
        elif answer != value:
            changes.append((each.value, answer))
    return changes
