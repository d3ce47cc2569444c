"""The one door in: bytes to Photo."""

import hashlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PIL import Image

from freckle.codec import exif, icc, xmp
from freckle.codec.decoded import Decoded
from freckle.codec.files import read_file
from freckle.codec.formats import BY_NAME
from freckle.codec.limits import MAX_METADATA, MAX_PROFILE, check_bytes, damaged
from freckle.codec.orient import upright
from freckle.codec.sniff import sniff
from freckle.errors import Refusal
from freckle.photo import Metadata, Photo, Source
from freckle.pixels.color import SRGB, RGBSpace
from freckle.pixels.threads import ahead


def load(path: Path) -> Photo:
    """Open a picture file, read-only. Raises Refusal and nothing else."""
    return load_bytes(read_file(path))


def load_bytes(data: bytes) -> Photo:
    """Open a picture by its content. Raises Refusal and nothing else, whatever the bytes.

    Pixels come out upright, 8-bit or 16-bit as the file has them, in the file's own color
    space; animations and multi-page files give their first picture and a warning.
    """
    check_bytes(len(data))
    read = BY_NAME[sniff(data)].read

    def decoded() -> Photo:
        digest = ahead(lambda: hashlib.sha256(data).hexdigest())
        return settled(read(data), digest())

    return refusing(decoded)


def refusing(work: Callable[[], Photo]) -> Photo:
    """Return the photo that some work makes, or raise Refusal and nothing else."""
    try:
        return work()
    except Refusal:
        raise
    except MemoryError as error:
        raise Refusal(
            "too_much_memory",
            "The picture does not fit into this machine's memory.",
            "Scale it down first, or close other programs.",
        ) from error
    except Image.DecompressionBombError as error:
        raise Refusal(
            "too_many_pixels", "The picture has too many pixels.", "Scale it down first."
        ) from error
    except Exception as error:
        # Decoders raise what they like at hostile bytes; a person needs one sentence.
        raise damaged("The file is damaged: it cannot be decoded.") from error


def settled(found: Decoded, digest: str) -> Photo:
    """Make the pixels upright, the profile numbers and the metadata clean.

    `digest` is the SHA-256 of the file's bytes; empty where there is no file.
    """
    turn = found.orientation or exif.orientation(found.metadata.exif)
    metadata, notes = _metadata(found.metadata)
    profile, space, more = _color(found)
    alpha = found.alpha
    return Photo(
        pixels=upright(found.pixels, turn),
        alpha=None if alpha is None else upright(alpha, turn),
        source=Source(
            format=found.format,
            digest=digest,
            quality=found.quality,
            subsampling=found.subsampling,
            lossless=found.lossless,
            gray=found.gray,
            orientation=turn,
        ),
        profile=profile,
        space=space,
        metadata=metadata,
        warnings=found.warnings + notes + more,
    )


def _metadata(found: Metadata) -> tuple[Metadata, tuple[str, ...]]:
    """Bring the blocks in line with upright pixels, and leave out what cannot be carried."""
    blocks = [found.exif, found.xmp, found.iptc]
    if sum(len(block or b"") for block in blocks) > MAX_METADATA:
        return Metadata(dpi=found.dpi), ("The metadata is larger than 16 MB and is not kept.",)
    packet = None if found.xmp is None else xmp.settle(found.xmp)
    if found.exif is not None and not exif.readable(found.exif):
        note = "The EXIF block is damaged and is not kept."
        return replace(found, exif=None, xmp=packet), (note,)
    block = None if found.exif is None else exif.settle(found.exif)
    return replace(found, exif=block, xmp=packet), ()


def _color(found: Decoded) -> tuple[bytes | None, RGBSpace, tuple[str, ...]]:
    """Decide what the profile is worth: numbers, bytes to carry, or nothing."""
    if found.profile is None:
        return None, SRGB, ()
    broken = None, SRGB, ("The color profile is damaged; the colors are read as sRGB.",)
    kind = icc.channels(found.profile) if len(found.profile) <= MAX_PROFILE else None
    if kind not in ("rgb", "gray") or (kind == "gray" and not found.gray):
        return broken
    try:
        space = icc.read_space(found.profile)
    except ValueError:
        return broken
    if space is None:
        note = "The color profile is a look-up table; tools work as if it were sRGB."
        return found.profile, SRGB, (note,)
    return found.profile, space, ()
