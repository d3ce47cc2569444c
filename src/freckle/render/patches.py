"""What marks were replaced by, kept: the same mark in the same surroundings is laid again unworked.

A patch is named by everything that it was made from, so what is kept is what would be made anew,
to the bit. When some marks are chosen or left, only those beside them are worked out again.
"""

from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import dataclass, field
from typing import Final

from freckle.geometry import Box
from freckle.photo import Pixels

MOST_BYTES: Final = 48 << 20
"""Of one person's patches: some thousand marks of a close-up."""


@dataclass(frozen=True, slots=True, eq=False)
class Patch:
    """The pixels of a box after a mark was replaced, and where its texture came from."""

    box: Box
    pixels: Pixels
    donor: tuple[float, float, float] | None
    """Place and radius in pixels of the photo; None for none."""

    def lay(self, pixels: Pixels) -> None:
        """Write it onto a photo."""
        pixels[self.box.slices] = self.pixels


@dataclass(slots=True, eq=False)
class Patches:
    """One person's patches, the least recently used forgotten first."""

    _kept: OrderedDict[Hashable, Patch] = field(default_factory=OrderedDict)
    _bytes: int = 0

    def get(self, name: Hashable) -> Patch | None:
        """Return a patch, None where it is not known."""
        found = self._kept.get(name)
        if found is not None:
            self._kept.move_to_end(name)
        return found

    def keep(self, name: Hashable, patch: Patch) -> Patch:
        """Keep a patch under a name, and return it."""
        self._kept[name] = patch
        self._bytes += patch.pixels.nbytes
        while self._bytes > MOST_BYTES:
            _, oldest = self._kept.popitem(last=False)
            self._bytes -= oldest.pixels.nbytes
        return patch
