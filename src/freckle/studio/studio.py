"""One opened photo: previews at any size."""

from dataclasses import dataclass
from typing import Any, Self

from freckle.codec import load_bytes
from freckle.photo import Photo
from freckle.studio.pyramid import Pyramid, View
from freckle.studio.screen import Screen, ToScreen


class Stopped(Exception):  # noqa: N818 - not an error: somebody changed their mind
    """The work was given up because nobody wants its result any more."""


@dataclass(frozen=True, slots=True, eq=False)
class Drawing:
    """A picture for the screen: 8-bit sRGB, and x, y, w, h of what it shows in photo pixels."""

    screen: Screen
    region: tuple[float, float, float, float]
    full_size: bool
    """One photo pixel is one screen pixel."""


class Studio:
    """One opened photo and what has been worked out about it."""

    def __init__(self, photo: Photo) -> None:
        """Open a decoded photo."""
        self.photo = photo
        self._pyramid = Pyramid(photo.pixels)
        self._to_screen = ToScreen(photo.space, photo.peak)

    @classmethod
    def open(cls, data: bytes) -> Self:
        """Open a file's bytes. Raises `Refusal`."""
        return cls(load_bytes(data))

    @property
    def weight(self) -> int:
        """Bytes of pixels in memory."""
        return self._pyramid.weight

    def facts(self) -> dict[str, Any]:
        """Return what the file turned out to be."""
        return {
            "width": self.photo.width,
            "height": self.photo.height,
            "format": self.photo.source.format,
            "warnings": list(self.photo.warnings),
        }

    def original(self, view: View) -> Drawing:
        """Draw the unedited photo."""
        cut = self._pyramid.cut(view)
        screen = self._to_screen(self._pyramid.picture(cut))
        return Drawing(screen, cut.region, cut.level == 0 and cut.size[0] == cut.box.width)
