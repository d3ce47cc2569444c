"""What shall be done to every photo of a set."""

from dataclasses import dataclass, fields
from functools import cache
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from freckle.codec import SaveOptions
from freckle.codec import versions as codecs
from freckle.jobs.job import as_json
from freckle.photo import Format
from freckle.vision.session import versions as networks


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """The recipe, and how files are written; the same for every photo."""

    recipe: str
    """As JSON."""
    style_only: bool = False
    """Of the recipe only what does the same to any photo."""
    format: Format | None = None
    quality: int | None = None
    strip_gps: bool = False
    strip_metadata: bool = False
    keep_blocks: bool = False
    """A JPEG keeps its coding where no pixel changed."""
    sidecar: bool = False
    """The recipe beside each photo."""
    disclose: bool = False
    """Whether metadata say in a plain line what was done."""
    certificate: str = ""
    """Path of whom Content Credentials are signed as; empty: nobody signs."""
    private_key: str = ""
    """Path of that certificate's key, read where the work is done and kept nowhere."""
    exports: tuple[str, ...] = ()
    """Export presets; with them the photo itself is not written."""
    plan: str = ""
    """What the set decided for this photo alone, as JSON (`sets/planned.py`)."""
    report: bool = False
    """Whether the figures of each photo are wanted."""

    @property
    def saving(self) -> SaveOptions:
        """How the photo itself is written."""
        return SaveOptions(
            format=self.format,
            quality=self.quality,
            strip_gps=self.strip_gps,
            strip_metadata=self.strip_metadata,
            keep_blocks=self.keep_blocks,
        )

    def to_plain(self) -> dict[str, Any]:
        """Return it as JSON types."""
        plain = {field.name: getattr(self, field.name) for field in fields(self)}
        return {**plain, "exports": list(self.exports)}

    @classmethod
    def from_plain(cls, plain: dict[str, Any]) -> "Order":
        """Return the order that was sent."""
        return cls(**{**plain, "exports": tuple(plain["exports"])})

    def key(self, digest: str) -> str:
        """Name the result for a photo's content: it stays the same as long as its bytes do."""
        asked = {**self.to_plain(), "report": None}
        return sha256(as_json([digest, asked, engine()]).encode()).hexdigest()


@cache
def engine() -> str:
    """Name what decides on bytes besides photo and order: this version and its libraries."""
    try:
        own = version("freckle")
    except PackageNotFoundError:
        own = "source"
    return as_json([own, codecs(), networks()])
