"""What the reader of one format hands over, before orientation and color are settled."""

from dataclasses import dataclass, field

from freckle.codec.jpeg_kept import Original
from freckle.photo import Format, GainMap, Metadata, Pixels, Subsampling


@dataclass(frozen=True, slots=True)
class Decoded:
    """Pixels as the file stores them, and its raw blocks.

    `pixels` is height × width × 3, uint8 or uint16 in full range; `alpha` height × width of the
    same dtype, straight (not premultiplied). `metadata` is untouched.
    """

    format: Format
    pixels: Pixels
    alpha: Pixels | None = None
    profile: bytes | None = None
    metadata: Metadata = field(default_factory=Metadata)
    quality: int | None = None
    subsampling: Subsampling | None = None
    lossless: bool = False
    gray: bool = False
    orientation: int | None = None
    """None: ask the EXIF block. A number: the container's own word goes first."""
    warnings: tuple[str, ...] = ()
    dropped: tuple[str, ...] = ()
    """What `Photo.dropped` says."""
    gain: GainMap | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """A page to print: the size that is left after cutting, and what surrounds it."""

    width: float
    """Millimeters, as `height`; the picture is larger by the bleed on each side."""
    height: float
    bleed: float = 0.0
    marks: bool = False
    """Whether crop marks say where to cut."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """Pixels and blocks ready for the writer of one format.

    `pixels` is height × width × 3, or height × width for gray; `alpha` as in `Decoded`. The
    depth is one that the format can hold, the metadata is cleaned, the numbers are final.
    """

    pixels: Pixels
    alpha: Pixels | None
    profile: bytes | None
    metadata: Metadata
    quality: int
    subsampling: Subsampling
    lossless: bool
    page: Page | None = None
    original: Original | None = None
    """A JPEG file whose untouched blocks stay as they are."""
    gain: GainMap | None = None
