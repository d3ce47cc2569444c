"""IPTC-IIM records inside Photoshop's image resource blocks (Adobe, 2019)."""

from typing import Final

PREFIX: Final = b"Photoshop 3.0\0"
IIM: Final = 0x0404
MARK: Final = b"8BIM"


def unwrap(resources: bytes) -> bytes | None:
    """Find the IPTC record among the resources (without `PREFIX`); None if there is none."""
    place = 0
    while resources[place : place + 4] == MARK:
        kind = int.from_bytes(resources[place + 4 : place + 6], "big")
        name = resources[place + 6] if place + 6 < len(resources) else 0
        # The name is a Pascal string padded to an even length; so is the data.
        start = place + 6 + name + 1 + (name + 1) % 2
        size = int.from_bytes(resources[start : start + 4], "big")
        data = resources[start + 4 : start + 4 + size]
        if kind == IIM:
            return data or None
        place = start + 4 + size + size % 2
    return None


def wrap(record: bytes) -> bytes:
    """Put an IPTC record into one resource block, with `PREFIX`."""
    head = MARK + IIM.to_bytes(2, "big") + b"\0\0" + len(record).to_bytes(4, "big")
    return PREFIX + head + record + bytes(len(record) % 2)
