"""Tell a file's format by its content; its name is never asked."""

import re
from typing import Final

from freckle.codec.ifd import Block, Directory
from freckle.codec.limits import not_accepted
from freckle.errors import Refusal
from freckle.photo import Format

MAGIC: Final[tuple[tuple[bytes, Format], ...]] = (
    (rb"\xff\xd8\xff", "jpeg"),
    (rb"\x89PNG\r\n\x1a\n", "png"),
    (rb"RIFF....WEBP", "webp"),
    (rb"II[\x2a\x2b]\0|MM\0[\x2a\x2b]", "tiff"),
    (rb"IIRO|IIRS|MMOR|IIU\0|FUJIFILMCCD-RAW|FOVb|\0MRM", "raw"),
)
REFUSED: Final = (
    (rb"GIF8[79]a", "a GIF picture"),
    (rb"BM.{4}\0{4}", "a BMP picture"),
    (rb"8BPS", "a Photoshop document"),
    (rb"%PDF", "a PDF document"),
    (rb"\xff\x0a|\0\0\0\x0cJXL ", "a JPEG XL picture"),
    (rb"\0\0\0\x0cjP  |\xff\x4f\xff\x51", "a JPEG 2000 picture"),
    (rb"\x76\x2f\x31\x01", "an OpenEXR picture"),
    (rb"\0\0\x01\0", "an icon"),
    (rb"\s*<(?:\?xml|svg)", "an SVG drawing"),
    (rb"\x1a\x45\xdf\xa3", "a video"),
    (rb"PK\x03\x04", "an archive"),
)
BRANDS: Final[tuple[tuple[frozenset[bytes], Format], ...]] = (
    (frozenset({b"avif", b"avis"}), "avif"),
    (frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx"}), "heic"),
    (frozenset({b"crx "}), "raw"),
)
RAW_PIXELS: Final = frozenset({32803, 34892})
"""Photometric interpretations of sensor mosaics and of linear camera colors (TIFF/EP, DNG)."""
DNG_VERSION: Final = 0xC612
SUB_DIRECTORIES: Final = 0x014A


def sniff(data: bytes) -> Format:
    """Name the format; `not_an_image` or `type_not_accepted` if it is none of ours."""
    if data[4:8] == b"ftyp":
        return _by_brand(data)
    for pattern, found in MAGIC:
        if re.match(pattern, data[:16], re.DOTALL):
            return "raw" if found == "tiff" and _is_raw(data) else found
    for pattern, name in REFUSED:
        if re.match(pattern, data[:64], re.DOTALL):
            raise not_accepted(f"The file is {name}, which freckle does not read.")
    raise Refusal(
        "not_an_image",
        "The file's content is no picture that freckle knows.",
        "Give it a JPEG, PNG, WebP, TIFF, AVIF, HEIC or camera RAW file.",
    )


def _by_brand(data: bytes) -> Format:
    size = min(int.from_bytes(data[:4], "big"), 256)
    brands = {data[8:12], *(data[place : place + 4] for place in range(16, size, 4))}
    for names, found in BRANDS:
        if names & brands:
            return found
    raise not_accepted("The file is a video or another kind of media, not a photo.")


def _is_raw(data: bytes) -> bool:
    """Whether a TIFF structure holds a sensor's values somewhere: it is RAW, not TIFF."""
    block = Block.open(data)
    if block is None:
        return False
    if data[8:10] == b"CR" and not block.big:
        return True
    pages = block.chain(limit=8)
    children = [child for page in pages for child in _sub_directories(block, page)]
    return any(_holds_raw(block, page) for page in pages + children)


def _sub_directories(block: Block, page: Directory) -> list[Directory]:
    places = block.numbers(page.entries.get(SUB_DIRECTORIES), limit=16)
    return [child for place in places if (child := block.directory(place)) is not None]


def _holds_raw(block: Block, page: Directory) -> bool:
    photometric = block.numbers(page.entries.get(0x0106), limit=4)
    return DNG_VERSION in page.entries or bool(RAW_PIXELS.intersection(photometric))
