"""How large a picture may be while somebody drags: learned from how long the last ones took."""

from typing import Final

WIDTHS: Final = (640, 800, 1200, 1600)
"""Longer sides in pixels to choose from while dragging (besides the full view)."""
TARGET_MS: Final = 60.0
"""Server time that a frame may take while dragging."""
SHARE: Final = 0.3
"""Weight of the newest measurement."""
LEAST_DRAWING_MS: Final = 15.0
"""Drawing is never squeezed below this: when the edit itself is slow, small pictures help none."""


class Pace:
    """Two moving averages: time that does not depend on the size, and time per megapixel."""

    def __init__(self) -> None:
        """Start with the figures of a slow machine."""
        self._fixed_ms = 10.0
        self._per_mpx = 15.0

    def learn(self, *, fixed_ms: float, drawing_ms: float, pixels: float) -> None:
        """Take in how long a frame of so many pixels took."""
        self._fixed_ms += SHARE * (fixed_ms - self._fixed_ms)
        per_mpx = drawing_ms / max(pixels / 1e6, 0.05)
        self._per_mpx += SHARE * (per_mpx - self._per_mpx)

    def expected_ms(self, width: int, height: int) -> float:
        """Predict the server time of a frame."""
        return self._fixed_ms + self._per_mpx * width * height / 1e6

    def size(self, width: int, height: int) -> tuple[int, int]:
        """Return the largest size, at most the one asked for, that can be drawn fast enough."""
        longer = max(width, height)
        allowed = max(TARGET_MS - self._fixed_ms, LEAST_DRAWING_MS)
        for side in (longer, *sorted((w for w in WIDTHS if w < longer), reverse=True)):
            scale = side / longer
            size = max(1, round(width * scale)), max(1, round(height * scale))
            if self._per_mpx * size[0] * size[1] / 1e6 <= allowed:
                return size
        return size
