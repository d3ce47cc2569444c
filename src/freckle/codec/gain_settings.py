"""What a gain map's numbers mean: Adobe's XMP (hdrgm 1.0) and the binary form of ISO 21496-1.

Only maps that turn an SDR picture into an HDR one are understood, in the SDR picture's own colors.
"""

import struct
from collections.abc import Iterator, Sequence
from typing import Final

from freckle.codec.packet import Element, UnreadableError, elements, every, namespaces
from freckle.photo import Channels, GainNumbers

SPACE: Final = b"http://ns.adobe.com/hdr-gain-map/1.0/"
VERSION: Final = b"1.0"
URN: Final = b"urn:iso:std:iso:ts:21496:-1\0"
RDF: Final = b"http://www.w3.org/1999/02/22-rdf-syntax-ns#"
STARTING: Final = {
    b"GainMapMin": 0.0,
    b"Gamma": 1.0,
    b"OffsetSDR": 1 / 64,
    b"OffsetHDR": 1 / 64,
    b"HDRCapacityMin": 0.0,
}
"""What counts where a packet does not say it."""
NAMES: Final = (b"GainMapMin", b"GainMapMax", b"Gamma", b"OffsetSDR", b"OffsetHDR")
HEADROOMS: Final = (b"HDRCapacityMin", b"HDRCapacityMax")
MULTICHANNEL, IN_BASE_SPACE, COMMON, BACKWARD = 0x80, 0x40, 0x08, 0x04
DENOMINATOR: Final = 1 << 20


def of_xmp(packet: bytes) -> GainNumbers | None:
    """Read the packet of a gain map's own picture; None where it is none, or not understood."""
    try:
        top = elements(packet)
    except UnreadableError:
        return None
    spaces = {b"hdrgm": SPACE} | namespaces(top, packet)
    said = dict(_properties(packet, top, spaces))
    if said.get(b"Version") != [VERSION] or said.get(b"BaseRenditionIsHDR", [b"False"]) != [
        b"False"
    ]:
        return None
    try:
        channels = [_three(said, name) for name in NAMES]
        heads = [_three(said, name)[0] for name in HEADROOMS]
    except (KeyError, ValueError):
        return None
    return _sound(channels, heads)


def _properties(
    packet: bytes, top: Sequence[Element], spaces: dict[bytes, bytes]
) -> Iterator[tuple[bytes, list[bytes]]]:
    """Yield names and values; a list has one for each color."""
    for element in every(top):
        for each in element.attributes:
            prefix, _, name = each.name.rpartition(b":")
            if spaces.get(prefix) == SPACE:
                yield name, [packet[slice(*each.value)].strip()]
        prefix, _, name = element.name.rpartition(b":")
        if spaces.get(prefix) == SPACE:
            leaves = [one for one in every([element]) if not one.children]
            leaves.sort(key=lambda one: one.span)
            yield name, [packet[slice(*one.inside)].strip() for one in leaves]


def _three(said: dict[bytes, list[bytes]], name: bytes) -> Channels:
    """Return the numbers of red, green and blue. Raises KeyError and ValueError."""
    if name not in said and name in STARTING:
        return (STARTING[name],) * 3
    values = [float(each) for each in said[name]]
    if len(values) not in (1, 3):
        raise ValueError(name)
    red, green, blue = values * (3 // len(values))
    return red, green, blue


def xmp_of(settings: GainNumbers, *, colored: bool) -> bytes:
    """Return the packet of a gain map's own picture."""
    values = (settings.low, settings.high, settings.gamma, settings.offset, settings.hdr_offset)
    told = [
        (name, _told(each[: 3 if colored else 1])) for name, each in zip(NAMES, values, strict=True)
    ]
    heads = zip(HEADROOMS, (settings.least, settings.most), strict=True)
    told += [(name, _told((each,))) for name, each in heads]
    plain = b" ".join(b'hdrgm:%s="%s"' % pair for pair in told if not pair[1].startswith(b"<"))
    lists = b"".join(
        b"<hdrgm:%s>%s</hdrgm:%s>" % (name, text, name)
        for name, text in told
        if text.startswith(b"<")
    )
    return (
        b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="%s">'
        b'<rdf:Description rdf:about="" xmlns:hdrgm="%s" hdrgm:Version="%s" '
        b'hdrgm:BaseRenditionIsHDR="False" %s>%s</rdf:Description></rdf:RDF></x:xmpmeta>'
    ) % (RDF, SPACE, VERSION, plain, lists)


def _told(values: Sequence[float]) -> bytes:
    texts = [b"%.9g" % value for value in values]
    if len(set(texts)) == 1:
        return texts[0]
    return b"<rdf:Seq>" + b"".join(b"<rdf:li>%s</rdf:li>" % text for text in texts) + b"</rdf:Seq>"


def of_iso(raw: bytes) -> GainNumbers | None:
    """Read the binary form, without its URN; None where it is damaged or not understood."""
    try:
        least_version, _writer, flags = struct.unpack_from(">HHB", raw)
        if least_version or flags & BACKWARD or not flags & IN_BASE_SPACE:
            return None
        numbers = _fractions(raw, flags)
    except (struct.error, ZeroDivisionError):
        return None
    rows = [numbers[at : at + 5] for at in range(2, len(numbers), 5)]
    rows = rows * 3 if len(rows) == 1 else rows
    return _sound([(r, g, b) for r, g, b in zip(*rows, strict=True)], numbers[:2])


def _sound(channels: Sequence[Channels], heads: Sequence[float]) -> GainNumbers | None:
    """Return numbers in the order of `NAMES` and `HEADROOMS`; None where no map has them."""
    low, high, gamma, offset, hdr_offset = channels
    least, most = heads
    found = GainNumbers(
        low=low,
        high=high,
        gamma=gamma,
        offset=offset,
        hdr_offset=hdr_offset,
        least=least,
        most=most,
    )
    return found if found.sound else None


def _fractions(raw: bytes, flags: int) -> list[float]:
    """Return both headrooms, then five numbers for each channel. Raises `struct.error`."""
    kinds = "II" + "iiIii" * (3 if flags & MULTICHANNEL else 1)
    if flags & COMMON:
        bottom, *tops = struct.unpack_from(">I" + kinds, raw, 5)
        return [top / bottom for top in tops]
    pairs = struct.unpack_from(">" + "".join(f"{kind}I" for kind in kinds), raw, 5)
    return [top / bottom for top, bottom in zip(pairs[::2], pairs[1::2], strict=True)]


def iso_of(settings: GainNumbers, *, colored: bool) -> bytes:
    """Return the binary form, without its URN."""
    columns = (settings.low, settings.high, settings.gamma, settings.offset, settings.hdr_offset)
    rows = list(zip(*columns, strict=True))[: 3 if colored else 1]
    numbers = [settings.least, settings.most, *(value for row in rows for value in row)]
    flags = IN_BASE_SPACE | (MULTICHANNEL if colored else 0)
    kinds = "".join(f"{kind}I" for kind in "II" + "iiIii" * len(rows))
    pairs = [half for value in numbers for half in (round(value * DENOMINATOR), DENOMINATOR)]
    return struct.pack(">HHB" + kinds, 0, 0, flags, *pairs)
