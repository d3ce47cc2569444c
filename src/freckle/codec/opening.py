"""The one door in: bytes to Photo."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from PIL import Image

from freckle.codec import exif, icc, iptc, xmp
from freckle.codec.decoded import Decoded
from freckle.codec.files import read_file
from freckle.codec.formats import BY_NAME
from freckle.codec.limits import MAX_METADATA, MAX_PROFILE, Budget, check_bytes, damaged
from freckle.codec.orient import upright
from freckle.codec.sniff import sniff
from freckle.errors import Refusal
from freckle.photo import GainMap, Metadata, Photo, Source
from freckle.pixels.color import SRGB, RGBSpace
from freckle.pixels.threads import ahead

TOO_LARGE: Final = "The metadata is larger than 16 MB and is not kept."


def load(path: Path) -> Photo:
    """Open a picture file, read-only. Raises Refusal and nothing else."""
    return load_bytes(read_file(path))


def load_bytes(data: bytes) -> Photo:
    """Open a picture by its content. Raises Refusal and nothing else, whatever the bytes.

    Pixels come out upright, 8-bit or 16-bit as the file has them, in the file's own color
    space; animations and multi-page files give their first picture and a warning.
    """
    check_bytes(len(data))
    return DOOR.opens(data)


def open_here(data: bytes, digest: str | None = None) -> Photo:
    """Open a picture in this very process, as `load_bytes` does.

    `digest` spares finding out the SHA-256 of the bytes.
    """
    read = BY_NAME[sniff(data)].read

    def decoded() -> Photo:
        known = ahead(lambda: hashlib.sha256(data).hexdigest()) if digest is None else None
        budget = Budget()
        found = read(data, budget)
        return settled(found, known() if known else digest or "", whole=not budget.overdrawn)

    return refusing(decoded)


@dataclass(slots=True)
class Door:
    """Who opens the files of this process: itself, or somebody who can be trusted less."""

    opens: Callable[[bytes], Photo] = open_here


DOOR: Final = Door()
"""The one thing here that a process may change, so that no file can get past a cage."""


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


def settled(found: Decoded, digest: str, *, whole: bool = True) -> Photo:
    """Make the pixels upright, the profile numbers and the metadata clean.

    `digest` is the SHA-256 of the file's bytes; empty where there is no file. `whole` says that
    none of the metadata was too large to be looked at.
    """
    turn = found.orientation or exif.orientation(found.metadata.exif)
    kept = found.metadata if whole else Metadata(dpi=found.metadata.dpi)
    metadata, notes = settled_metadata(kept, turned=turn != 1)
    notes = notes if whole else (TOO_LARGE,)
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
        dropped=found.dropped,
        gain=None if found.gain is None else _upright_gain(found.gain, turn),
    )


def _upright_gain(gain: GainMap, turn: int) -> GainMap:
    return gain.with_values(upright(gain.values, turn))


def settled_metadata(found: Metadata, *, turned: bool) -> tuple[Metadata, tuple[str, ...]]:
    """Bring the blocks in line with upright pixels, and leave out what cannot be carried."""
    size = sum(len(block or b"") for block in (found.exif, found.xmp, found.iptc))
    if size > MAX_METADATA:
        return Metadata(dpi=found.dpi), (TOO_LARGE,)
    block = found.exif if found.exif and exif.readable(found.exif) else None
    packet = xmp.settle(found.xmp) if found.xmp else None
    notes = [
        f"The {name} block is damaged and is not kept."
        for name, given, kept in (("EXIF", found.exif, block), ("XMP", found.xmp, packet))
        if given and kept is None
    ]
    kept = replace(
        found,
        exif=exif.settle(block) if block else None,
        xmp=packet,
        iptc=iptc.settle(found.iptc) if found.iptc else None,
        moved=found.moved or turned,
    )
    return kept, tuple(notes)


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
