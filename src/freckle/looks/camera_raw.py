"""Read the settings of a Lightroom or Camera Raw preset (`.xmp`) out of its XMP packet."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final
from xml.sax.saxutils import unescape

from freckle.codec.packet import Element, UnreadableError, elements, every, namespaces
from freckle.errors import RecipeError

SPACE: Final = b"http://ns.adobe.com/camera-raw-settings/1.0/"
MOST_BYTES: Final = 4 << 20
"""Presets are some 10 kB; those with a camera profile in them have a megabyte."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What a preset says: single values, and lists of values, by the names that Adobe gave."""

    values: Mapping[str, str]
    lists: Mapping[str, tuple[str, ...]]


def read_settings(content: bytes) -> Settings:
    """Return a preset's settings. Raises `RecipeError` for what is none."""
    if len(content) > MOST_BYTES:
        raise _unfit("is too large")
    packet = content.removeprefix(b"\xef\xbb\xbf")
    try:
        top = elements(packet)
    except UnreadableError:
        raise _unfit("is no well-formed XMP") from None
    prefixes = {key for key, space in namespaces(top, packet).items() if space == SPACE}
    if not prefixes:
        raise _unfit("has no settings of Camera Raw")
    values: dict[str, str] = {}
    lists: dict[str, tuple[str, ...]] = {}
    for root in _descriptions(top):
        _take(root, packet, prefixes, values, lists)
    return Settings(values, lists)


def _take(
    root: Element,
    packet: bytes,
    prefixes: set[bytes],
    values: dict[str, str],
    lists: dict[str, tuple[str, ...]],
) -> None:
    for each in root.attributes:
        if each.name.partition(b":")[0] in prefixes:
            values[_local(each.name)] = _text(packet[slice(*each.value)])
    for child in root.children:
        if child.name.partition(b":")[0] not in prefixes:
            continue
        name, items = _local(child.name), [e for e in every([child]) if _local(e.name) == "li"]
        if child.children:
            ordered = sorted(items, key=lambda item: item.span)
            plain = [i for i in ordered if not i.children]
            lists[name] = tuple(_text(packet[slice(*i.inside)]) for i in plain)
        else:
            values[name] = _text(packet[slice(*child.inside)])


def _descriptions(top: list[Element]) -> Iterator[Element]:
    """Yield the outermost ones: a look or a mask inside a preset has settings of its own."""
    waiting = list(top)
    while waiting:
        element = waiting.pop()
        if _local(element.name) == "Description":
            yield element
        else:
            waiting.extend(element.children)


def _local(name: bytes) -> str:
    return name.rpartition(b":")[2].decode("utf-8", "replace")[:80]


def _text(value: bytes) -> str:
    text = unescape(value.decode("utf-8", "replace"), {"&quot;": '"', "&apos;": "'"})
    return re.sub(r"\s+", " ", text).strip()[:200]


def _unfit(why: str) -> RecipeError:
    return RecipeError(
        f"This .xmp file {why}.", "Give it a preset that Lightroom or Camera Raw has exported."
    )
