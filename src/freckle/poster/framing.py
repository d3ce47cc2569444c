"""Where a photo lies in its place: the head where the template wants it, no edge showing."""

from dataclasses import dataclass
from typing import Final

from freckle.poster.room import Room
from freckle.poster.subject import Subject

CLOSEST: Final = 2.6
"""A photo is enlarged at most so far beyond filling its place, to bring a small head near."""
MOST_REACH: Final = 1.25
"""A cutout is enlarged at most so far so that its cut-off sides leave the place."""
WIDEST: Final = 0.94
"""Share of a place's width that heads may fill."""


@dataclass(frozen=True, slots=True)
class Framed:
    """A part of a photo in its place."""

    place: Room
    """In points."""
    crop: tuple[int, int, int, int]
    """Left, top, right and bottom in pixels of the photo; a cutout's may reach beyond it."""
    scale: float
    """Points of a pixel."""
    faces: tuple[Room, ...]
    """All faces inside, in points."""
    head: Room | None
    """The head or heads that were framed, in points."""


def framed(
    subject: Subject,
    place: Room,
    head: tuple[float, float, float],
    *,
    free: bool = False,
    zoom: float = 1,
    shift: tuple[float, float] = (0, 0),
) -> Framed:
    """Lay a photo into its place; `free` (a cutout) need not cover it.

    `head` is the center, across and down, and the height that the head shall have, in shares of
    the place.
    """
    width, height = subject.size
    cover = max(place.w / width, place.h / height)
    scale = _scale(subject, place, head, cover, free=free) * zoom
    scale = max(scale, 0 if free else cover)
    focus = subject.head or Room(0, 0, width, height)
    middle = focus.middle
    wanted = (head[0], head[1]) if subject.head else (0.5, 0.5)
    x = place.w * (wanted[0] + shift[0]) - middle[0] * scale
    y = place.h * (wanted[1] + shift[1]) - middle[1] * scale
    x, y = _held(subject, place, scale, x, y, free=free)
    left, top = round(-x / scale), round(-y / scale)
    right = left + max(1, round(place.w / scale))
    bottom = top + max(1, round(place.h / scale))
    if not free:
        left, right = max(0, left), min(width, right)
        top, bottom = max(0, top), min(height, bottom)
    exact = place.w / (right - left), place.h / (bottom - top)

    def on_sheet(box: Room) -> Room:
        return Room(
            place.x + (box.x - left) * exact[0],
            place.y + (box.y - top) * exact[1],
            box.w * exact[0],
            box.h * exact[1],
        )

    faces = (on_sheet(face).meets(place) for face in subject.faces)
    return Framed(
        place,
        (left, top, right, bottom),
        scale,
        tuple(face for face in faces if min(face.w, face.h) > 0),
        on_sheet(subject.head) if subject.head else None,
    )


def _reach(subject: Subject, place: Room, across: float) -> float:
    """Return the scale at which sides where people are cut off reach the place's sides."""
    left, right = subject.cut_sides
    middle = subject.head.middle[0] if subject.head else subject.size[0] / 2
    to_left = place.w * across / max(middle, 1) if left else 0.0
    to_right = place.w * (1 - across) / max(subject.size[0] - middle, 1) if right else 0.0
    return max(to_left, to_right)


def _scale(
    subject: Subject,
    place: Room,
    head: tuple[float, float, float],
    cover: float,
    *,
    free: bool,
) -> float:
    """Return points of a pixel."""
    across, _, wanted = head
    if subject.head is None:
        return cover
    near = min(wanted * place.h / subject.head.h, WIDEST * place.w / subject.head.w)
    if free:
        return max(near, min(_reach(subject, place, across), MOST_REACH * near))
    return min(max(near, cover), CLOSEST * cover)


def _held(
    subject: Subject, place: Room, scale: float, x: float, y: float, *, free: bool
) -> tuple[float, float]:
    """Move the photo so that no edge shows inside the place."""
    width, height = subject.size[0] * scale, subject.size[1] * scale
    if not free:
        return min(0.0, max(x, place.w - width)), min(0.0, max(y, place.h - height))
    left, right = subject.cut_sides
    if left != right or width >= place.w:
        x = min(0.0, x) if left else x
        x = max(x, place.w - width) if right else x
    if subject.head is not None:
        y = max(y, 0.02 * place.h - subject.head.y * scale)  # hair is not cut off
    return x, max(y, place.h - height)  # people are cut off at the bottom of nearly every photo
