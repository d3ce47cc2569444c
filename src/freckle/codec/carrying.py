"""What of a photo's metadata a new file gets: in line with its pixels, without what is unwanted."""

from dataclasses import replace
from typing import Final, Protocol

from freckle.codec import exif, iptc, jpeg, xmp
from freckle.codec.texts import COMMENT, without_place
from freckle.photo import Format, Metadata, Photo, Text

IPTC_IN: Final = frozenset[Format]({"jpeg", "tiff", "png"})


class Wishes(Protocol):
    """What people may not want in a file."""

    @property
    def strip_gps(self) -> bool:
        """Whether the place goes."""

    @property
    def strip_metadata(self) -> bool:
        """Whether everything goes."""

    @property
    def disclosure(self) -> str | None:
        """A line on what was done."""

    @property
    def enlarged(self) -> bool:
        """Whether the photo was enlarged."""


def carried(photo: Photo, target: Format, wishes: Wishes) -> tuple[Metadata, tuple[str, ...]]:
    """Return the blocks for a file of a format, and sentences on what it has no place for."""
    kept, notes = _wanted(photo, target, wishes)
    if wishes.disclosure is not None:
        packet = xmp.disclosed(kept.xmp, wishes.disclosure, enlarged=wishes.enlarged)
        kept = replace(kept, xmp=packet)
    return kept, notes


def _wanted(photo: Photo, target: Format, wishes: Wishes) -> tuple[Metadata, tuple[str, ...]]:
    if wishes.strip_metadata:
        return Metadata(dpi=photo.metadata.dpi), ()
    kept, notes = _framed(photo)
    if wishes.strip_gps:
        kept = _without_place(kept)
    return _fitting(kept, target, notes)


def _framed(photo: Photo) -> tuple[Metadata, list[str]]:
    """Correct the size that the blocks tell, and drop what points to other places now."""
    kept, notes = photo.metadata, list[str]()
    block, packet = kept.exif, kept.xmp
    if block is not None:
        block = exif.resized(block, photo.width, photo.height, moved=kept.moved)
    if packet is not None:
        packet = xmp.resized(packet, photo.width, photo.height)
    if packet is not None and kept.moved:
        placed, packet = packet, xmp.without_regions(packet)
        if packet != placed:
            notes.append(
                "Faces marked in the metadata are not kept: the photo is turned or cropped."
            )
    return replace(kept, exif=block, xmp=packet), notes


def _without_place(kept: Metadata) -> Metadata:
    return replace(
        kept,
        exif=exif.without_place(kept.exif) if kept.exif else None,
        xmp=xmp.without_place(kept.xmp) if kept.xmp else None,
        iptc=iptc.without_place(kept.iptc) if kept.iptc else None,
        texts=without_place(kept.texts),
    )


def _fitting(kept: Metadata, target: Format, notes: list[str]) -> tuple[Metadata, tuple[str, ...]]:
    """Leave out what the format cannot hold."""
    if target == "jpeg" and not all(map(jpeg.fits, (kept.exif, kept.xmp, kept.iptc))):
        notes.append("A metadata block is larger than JPEG can hold and is left out.")
        kept = replace(
            kept,
            exif=kept.exif if jpeg.fits(kept.exif) else None,
            xmp=kept.xmp if jpeg.fits(kept.xmp) else None,
            iptc=kept.iptc if jpeg.fits(kept.iptc) else None,
        )
    if kept.iptc and target not in IPTC_IN:
        notes.append(f"{target.upper()} has no place for IPTC metadata; it is left out.")
        kept = replace(kept, iptc=None)
    if kept.exif and target == "pdf":
        notes.append("PDF has no place for EXIF; it is left out.")
        kept = replace(kept, exif=None)
    lost = [each for each in kept.texts if not _holds(target, each)]
    if lost:
        names = ", ".join(dict.fromkeys(name[:40] for name, _ in lost[:20]))
        notes.append(f"{target.upper()} has no place for the texts {names}; they are left out.")
        kept = replace(kept, texts=tuple(each for each in kept.texts if each not in lost))
    return kept, tuple(notes)


def _holds(target: Format, text: Text) -> bool:
    return target == "png" or (target == "jpeg" and text[0] == COMMENT)
