"""A rectangle of a sheet, in points, and how rooms are cut out of rooms."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Room:
    """Left, top, width and height in points from the trimmed sheet's left upper corner."""

    x: float
    y: float
    w: float
    h: float

    @property
    def right(self) -> float:
        """The right edge."""
        return self.x + self.w

    @property
    def bottom(self) -> float:
        """The lower edge."""
        return self.y + self.h

    @property
    def middle(self) -> tuple[float, float]:
        """The center."""
        return self.x + self.w / 2, self.y + self.h / 2

    def inset(self, across: float, down: float | None = None) -> "Room":
        """Return the room less so much on every side."""
        down = across if down is None else down
        return Room(self.x + across, self.y + down, self.w - 2 * across, self.h - 2 * down)

    def part(self, left: float, top: float, right: float, bottom: float) -> "Room":
        """Return a part between shares of width and height, 0..1 (or beyond)."""
        return Room(
            self.x + left * self.w,
            self.y + top * self.h,
            (right - left) * self.w,
            (bottom - top) * self.h,
        )

    def cut(self, side: str, size: float) -> "Room":
        """Return the strip of `size` points at a side: left, right, top or bottom."""
        match side:
            case "left":
                return Room(self.x, self.y, size, self.h)
            case "right":
                return Room(self.right - size, self.y, size, self.h)
            case "top":
                return Room(self.x, self.y, self.w, size)
            case _:
                return Room(self.x, self.bottom - size, self.w, size)

    def meets(self, other: "Room") -> "Room":
        """Return what both share; width and height are 0 where that is nothing."""
        x, y = max(self.x, other.x), max(self.y, other.y)
        right, bottom = min(self.right, other.right), min(self.bottom, other.bottom)
        return Room(x, y, max(0.0, right - x), max(0.0, bottom - y))

    def touches(self, other: "Room") -> bool:
        """Whether both share more than a hair."""
        shared = self.meets(other)
        return min(shared.w, shared.h) > 0.05

    def holds(self, other: "Room", slack: float = 0.1) -> bool:
        """Whether the other lies inside, to a tenth of a point."""
        return (
            other.x >= self.x - slack
            and other.y >= self.y - slack
            and other.right <= self.right + slack
            and other.bottom <= self.bottom + slack
        )

    def joined(self, other: "Room") -> "Room":
        """Return the smallest room around both."""
        x, y = min(self.x, other.x), min(self.y, other.y)
        right, bottom = max(self.right, other.right), max(self.bottom, other.bottom)
        return Room(x, y, right - x, bottom - y)

    def moved(self, x: float, y: float) -> "Room":
        """Return the room shifted."""
        return Room(self.x + x, self.y + y, self.w, self.h)
