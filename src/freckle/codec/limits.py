"""What a file may ask of this machine, checked before anything is decoded."""

from typing import Final

from freckle.errors import Refusal

MAX_PIXELS: Final = 200_000_000
"""A 151-megapixel medium-format frame opens; most bombs do not."""
MAX_SIDE: Final = 65_535
MAX_BYTES: Final = 512 * 2**20
MAX_SCANS: Final = 100
"""A progressive JPEG needs about ten; thousands are a way to burn a processor (CVE-2018-14498's
family: 119 kB can cost 20 s)."""
MAX_PROFILE: Final = 4 * 2**20
MAX_METADATA: Final = 16 * 2**20


def check_bytes(size: int) -> None:
    """Refuse an empty file (`empty`) and one of more than 512 MB (`too_large_file`)."""
    if size == 0:
        raise Refusal("empty", "The file is empty.", "Copy it again from where it came.")
    if size > MAX_BYTES:
        raise Refusal(
            "too_large_file",
            f"The file has {size / 2**20:.0f} MB; the limit is {MAX_BYTES // 2**20} MB.",
            "Save it with compression or at a smaller size.",
        )


def check_size(width: int, height: int) -> None:
    """Refuse a picture without area (`damaged`) or with too much of it (`too_many_pixels`)."""
    if width < 1 or height < 1:
        raise Refusal(
            "damaged", f"The file says it is {width} × {height} pixels.", "Export it again."
        )
    if max(width, height) > MAX_SIDE or width * height > MAX_PIXELS:
        raise Refusal(
            "too_many_pixels",
            f"The picture has {width} × {height} pixels; the limits are "
            f"{MAX_PIXELS // 10**6} megapixels and {MAX_SIDE} pixels a side.",
            "Scale it down first.",
        )


def damaged(what: str) -> Refusal:
    """Make the refusal of a file whose content contradicts itself; `what` is a sentence."""
    return Refusal("damaged", what, "Copy the file again, or export it anew from its source.")


def incomplete(what: str) -> Refusal:
    """Make the refusal of a file whose end is missing; `what` is a sentence."""
    return Refusal("incomplete", what, "Copy the file again: the transfer was cut short.")


def not_accepted(what: str, remedy: str = "Save it as JPEG, PNG or TIFF.") -> Refusal:
    """Make the refusal of a kind of picture that freckle does not read; `what` is a sentence."""
    return Refusal("type_not_accepted", what, remedy)
