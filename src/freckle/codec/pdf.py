"""PDF: written, never read."""

from freckle.codec.decoded import Decoded, Prepared
from freckle.codec.limits import Budget, not_accepted


def read(_data: bytes, _budget: Budget) -> Decoded:
    """Refuse: pages are written only (`type_not_accepted`)."""
    raise not_accepted("The file is a PDF document, which freckle writes and does not read.")


def write(sheet: Prepared) -> bytes:
    """Write one page whose trim has the size that is told, or the picture's own at its dpi."""
    # its library, with cryptography behind it, takes a seventh of the start
    from freckle.codec.pdf_page import laid  # noqa: PLC0415 - only when asked for

    return laid(sheet)
