"""Read the elements of an XMP packet and where they lie in it (XML 1.0), in one pass.

Nothing here looks twice at a byte: what is not well-formed is given up at once.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

MAX_TAGS: Final = 50_000
"""Tags and attributes; a packet with years of Photoshop's history has some 10,000."""
QUOTE_OR_END: Final = re.compile(rb"[\"'>]")
SKIPPED: Final = ((b"<!--", b"-->"), (b"<?", b"?>"))
"""Comments and instructions. Document types and CDATA sections do not belong into XMP."""
NAMESPACE: Final = b"xmlns:"

Span = tuple[int, int]
"""Where something begins, and where it has ended."""


class UnreadableError(ValueError):
    """The packet is no well-formed XMP."""


@dataclass(frozen=True, slots=True)
class Attribute:
    """A name and its value, which lies between quotes."""

    name: bytes
    span: Span
    """With the space before it."""
    value: Span


@dataclass(slots=True)
class Element:
    """One element; `span` reaches from its start tag to the end of its end tag."""

    name: bytes
    span: Span
    inside: Span
    """What lies between its tags."""
    attributes: list[Attribute]
    children: list["Element"] = field(default_factory=list)


def elements(packet: bytes) -> list[Element]:
    """Return the outermost elements. Raises `UnreadableError`."""
    top = Element(b"", (0, 0), (0, 0), [])
    opened = [top]
    for start, end in _tags(packet):
        body = packet[start + 1 : end - 1]
        if body.startswith(b"/"):
            element = opened.pop()
            if element is top or element.name != body[1:].strip():
                raise UnreadableError
            element.span = element.span[0], end
            element.inside = element.inside[0], start
            continue
        element = Element(
            _name(body), (start, end), (end, end), list(_attributes(packet, start, end))
        )
        opened[-1].children.append(element)
        if not body.endswith(b"/"):
            opened.append(element)
    if opened != [top] or not top.children:
        raise UnreadableError
    return top.children


def every(top: Iterable[Element]) -> Iterator[Element]:
    """Yield elements and all that lie in them, however deep."""
    waiting = list(top)
    while waiting:
        element = waiting.pop()
        yield element
        waiting.extend(element.children)


def namespaces(top: Iterable[Element], packet: bytes) -> dict[bytes, bytes]:
    """Return the names of namespaces by prefix, wherever they are declared."""
    return {
        each.name.removeprefix(NAMESPACE): packet[slice(*each.value)]
        for element in every(top)
        for each in element.attributes
        if each.name.startswith(NAMESPACE)
    }


def _tags(packet: bytes) -> Iterator[Span]:
    """Yield start and end tags."""
    place, count = 0, 0
    while (start := packet.find(b"<", place)) >= 0:
        end = next((e for s, e in SKIPPED if packet.startswith(s, start)), None)
        if end is not None:
            place = packet.find(end, start) + len(end)
            if place < start:
                raise UnreadableError
            continue
        if packet.startswith(b"<!", start):
            raise UnreadableError
        place = _tag_end(packet, start)
        count += 1 + packet.count(b"=", start, place)
        if count > MAX_TAGS:
            raise UnreadableError
        yield start, place


def _tag_end(packet: bytes, place: int) -> int:
    """Return where a tag has ended; a value may hold the sign that ends tags."""
    while True:
        found = QUOTE_OR_END.search(packet, place)
        if found is None:
            raise UnreadableError
        if found.group() == b">":
            return found.end()
        place = packet.find(found.group(), found.end()) + 1
        if place == 0:
            raise UnreadableError


def _name(body: bytes) -> bytes:
    words = body.removesuffix(b"/").split(None, 1)
    if not words or body[:1].isspace():
        raise UnreadableError
    return words[0]


def _attributes(packet: bytes, start: int, end: int) -> Iterator[Attribute]:
    place = start + 1 + len(_name(packet[start + 1 : end - 1]))
    while (found := QUOTE_OR_END.search(packet, place, end)) and found.group() != b">":
        name, equals, rest = packet[place : found.start()].partition(b"=")
        if not equals or rest.strip():
            raise UnreadableError
        close = packet.find(found.group(), found.end(), end)
        yield Attribute(name.strip(), (place, close + 1), (found.end(), close))
        place = close + 1


def without(packet: bytes, spans: Iterable[Span]) -> bytes:
    """Cut spans out, which may lie in one another."""
    return replaced(packet, ((span, b"") for span in spans))


def replaced(packet: bytes, changes: Iterable[tuple[Span, bytes]]) -> bytes:
    """Put other bytes in the place of spans; what lies in a span goes with it."""
    pieces, place = [], 0
    for (start, end), text in sorted(changes, key=lambda each: (each[0][0], -each[0][1])):
        if start >= place:
            pieces += [packet[place:start], text]
            place = end
    return b"".join([*pieces, packet[place:]])
