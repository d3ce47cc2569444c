"""Change an XMP packet as text: orientation and position."""

import re
from typing import Final

ORIENTATION: Final = re.compile(rb"(tiff:Orientation(?:\s*=\s*[\"']|\s*>)\s*)[2-8]")
GPS_ATTRIBUTE: Final = re.compile(rb"\s[\w.-]+:GPS\w*\s*=\s*(?:\"[^\"]*\"|'[^']*')")
GPS_ELEMENT: Final = re.compile(rb"<([\w.-]+:GPS\w*)\b[^>]*?(?:/>|>.*?</\1\s*>)", re.DOTALL)
GPS_LEFT: Final = re.compile(rb"G\0?P\0?S\0?(?:L|D\0?e\0?s\0?t)")
THUMBNAILS: Final = re.compile(rb"<xmp:Thumbnails\b.*?</xmp:Thumbnails\s*>", re.DOTALL)


def settle(xmp: bytes) -> bytes:
    """Set the orientation to 1 and drop thumbnails, which would show the photo unretouched."""
    return ORIENTATION.sub(rb"\g<1>1", THUMBNAILS.sub(b"", xmp))


def without_gps(xmp: bytes) -> bytes | None:
    """Remove every GPS property; None (no packet) if one is left in a form not understood."""
    cleaned = GPS_ELEMENT.sub(b"", GPS_ATTRIBUTE.sub(b"", xmp))
    return None if GPS_LEFT.search(cleaned) else cleaned
