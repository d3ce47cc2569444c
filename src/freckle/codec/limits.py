"""What a file may ask of this machine, checked before anything is decoded."""

import time
from dataclasses import dataclass, field
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
MAX_PARTS: Final = 100_000
"""Segments, chunks, boxes, strips and tiles of one file; a panorama in strips of one line has
65,535, a 150-megapixel PNG in chunks of 8 kB some 50,000."""
MAX_SECONDS: Final = 20.0
"""For walking through a file's parts; whole pictures need a tenth of a second."""
SLOWEST: Final = 2**20
"""Bytes of a file that are decoded in a second at least: 100 megapixels of AVIF take a minute."""
MAX_RATIO: Final = 500
"""Bytes of pixels for each byte of a large file: sharp photos reach 30, blurred ones 150."""
LOSSLESS_RATIO: Final = 100
"""The same where nothing is lost: photos reach 10."""
LARGE: Final = 192 * 2**20
"""Bytes of pixels from which the ratio counts: 67 megapixels with 8 bits. What is smaller does no
harm, however small its file is."""


@dataclass(slots=True)
class Budget:
    """What one file may still ask for; it is asked before anything is copied or unpacked."""

    metadata: int = MAX_METADATA
    """Bytes of metadata, all blocks together."""
    parts: int = MAX_PARTS
    until: float = field(default_factory=lambda: time.monotonic() + MAX_SECONDS)
    overdrawn: bool = False
    """More metadata was asked for than there may be."""

    def take(self, size: int) -> bool:
        """Whether so many bytes of metadata may be copied."""
        if size > self.metadata:
            self.metadata, self.overdrawn = 0, True
            return False
        self.metadata -= size
        return True

    def part(self, count: int = 1) -> None:
        """Count parts of the file. Refuses too many (`damaged`), or too slow ones (`too_slow`)."""
        self.parts -= count
        if self.parts < 0:
            raise damaged("The file falls into too many parts.")
        if time.monotonic() > self.until:
            raise Refusal(
                "too_slow",
                f"Reading the file's parts takes longer than {MAX_SECONDS:.0f} s.",
                "Export it again from its source.",
            )


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


def check_ratio(size: int, unpacked: int, *, lossless: bool = False) -> None:
    """Refuse a large picture out of next to nothing (`too_many_pixels`); both are in bytes."""
    if unpacked > LARGE and unpacked > (LOSSLESS_RATIO if lossless else MAX_RATIO) * size:
        raise Refusal(
            "too_many_pixels",
            f"The file of {size / 2**10:.0f} kB unpacks to {unpacked / 2**20:.0f} MB, "
            "which no photo does.",
            "Scale the picture down first.",
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
