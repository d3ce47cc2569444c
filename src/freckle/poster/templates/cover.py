"""Covers of magazines."""

from typing import Final

from freckle.poster.framing import Framed
from freckle.poster.layers import Item, Shade
from freckle.poster.room import Room
from freckle.poster.stage import Stage
from freckle.poster.templates.grounds import beside

HEAD: Final = (0.5, 0.46, 0.4)
"""Where a cover wants the head."""
LEAST: Final = 0.25
"""Of the veil under the lines at the foot."""


def masthead(s: Stage) -> None:
    """A magazine: the name across the top, the head before it, lines at the foot."""
    c, u, safe = s.content, s.u, s.safe
    if s.lies:
        zone = beside(s, "left", 0.46, head=(0.5, 0.45, 0.52), color="paper")
        s.column("name", zone, [*s.title(c.name or c.headline, 13), *_lines(s)], stand="middle")
        return
    name = Room(safe.x, safe.y, safe.w, 17 * u)
    if not s.subjects:
        s.shape("ground", s.bled, "ink")
    letters = s.title(c.name or "Title", 20, caps=True, leading=0, balance=False)
    lying, zone = _picture(s, s.bled)
    if lying is not None and any(face.touches(name.inset(-1.6 * u)) for face in lying.faces):
        s.layers.clear()  # a face as high as the title: it gets a band of its own
        s.shape("ground", s.bled, "ink")
        lying, zone = _picture(s, s.bled.cut("bottom", s.bled.bottom - name.bottom - 2.4 * u))
    s.column("name", name, letters, most=2.4, side="center", stand="top")
    if lying is not None and lying.place.y < name.y:
        s.veil("portrait", Shade(side="top", behind="name"))
    if lying is not None and s.cuts_out(wanted=_frees(lying, name)):
        foot = Shade(side="bottom", behind="words", strength=LEAST)
        s.photo("front", lying.place, HEAD, cutout=True, shades=(foot,))
    s.column("words", zone, _lines(s), stand="bottom", side="left")


def _picture(s: Stage, room: Room) -> tuple[Framed | None, Room]:
    """Add the picture, and return how it lies and the room for lines under the face."""
    low = s.safe.cut("bottom", 0.36 * s.safe.h)
    lying = s.photo("portrait", room, HEAD)
    zone = s.clear(lying, "bottom", low)
    if lying is None or zone.h >= 0.2 * s.safe.h:
        s.veil("portrait", Shade(side="bottom", behind="words", strength=LEAST))
        return lying, zone
    s.layers.pop()
    foot = s.bled.cut("bottom", 0.27 * s.bled.h)
    s.shape("foot", foot, "ink")
    lying = s.photo("portrait", room.cut("top", room.h - foot.h), HEAD)
    inner = Room(foot.x, foot.y + 3.6 * s.u, foot.w, foot.h)
    return lying, inner.meets(s.safe)


def _frees(lying: Framed, name: Room) -> bool:
    """Whether the head may stand before the title without hiding it."""
    if lying.head is None or any(face.touches(name) for face in lying.faces):
        return False
    return name.bottom - lying.head.y < 0.6 * name.h


def _lines(s: Stage) -> list[Item]:
    c = s.content
    items = [
        *s.title(c.headline if c.name else "", 8.4, leading=0.06, gap=0),
        *s.words(c.subline, 2.7, gap=2.0),
    ]
    for pair in c.items[:3]:
        items += s.words(pair.text, 2.4, gap=2.4, weight=600)
        items += s.words(pair.beside, 2.2, gap=0.8)
    facts = " · ".join(text for text in (c.date, c.place, c.price) if text)
    return [*items, *s.label(facts, 1.6, gap=3.2)]


def quarterly(s: Stage) -> None:
    """A quiet cover: paper all around, the name in fine letters, one picture."""
    c, u, safe = s.content, s.u, s.safe
    s.shape("ground", s.bled, "paper")
    if s.lies:
        masthead(s)
        return
    name = Room(safe.x, safe.y, safe.w, 15 * u)
    s.column(
        "name",
        name,
        s.title(c.name or c.headline, 14, leading=0, balance=False),
        most=2.4,
        side="center",
        stand="middle",
    )
    low = safe.bottom - 17 * u
    picture = Room(safe.x, name.bottom + 2.4 * u, safe.w, low - name.bottom - 2.4 * u)
    s.photo("portrait", picture, (0.5, 0.44, 0.44))
    top = picture.bottom + 3 * u
    left = Room(safe.x, top, 0.62 * safe.w, safe.bottom - top)
    s.column(
        "words",
        left,
        [
            *s.title(c.headline if c.name else "", 5.4, leading=0.12),
            *s.words(c.subline, 2.1, gap=1.8),
        ],
        stand="top",
    )
    right = Room(safe.x + 0.66 * safe.w, top, 0.34 * safe.w, safe.bottom - top)
    facts = [*s.words(c.date, 1.9, weight=600), *s.words(c.price or c.place, 1.9, gap=0.9)]
    s.column("facts", right, facts, stand="top", side="right")
