"""Type over a picture that fills the sheet."""

from freckle.poster.room import Room
from freckle.poster.stage import Stage
from freckle.poster.templates.grounds import corner, hero, quoted


def night(s: Stage) -> None:
    """A concert poster: the face above, one loud headline at the foot."""
    c = s.content
    side, head = ("left", (0.7, 0.44, 0.62)) if s.lies else ("bottom", (0.5, 0.34, 0.4))
    zone = hero(s, side, head, 0.42)
    if c.link and not s.lies:
        s.code("code", corner(s))
    title = s.title(c.headline, 17 if not s.lies else 15, caps=True, leading=0.12, gap=2.2)
    items = [
        *s.label(c.kicker, 2.1, color="auto-accent"),
        *title,
        *s.words(c.subline, 3.0, gap=2.8, weight=400),
        *s.facts(2.6, gap=3.2),
    ]
    room = zone
    if c.link and not s.lies:
        room = Room(zone.x, zone.y, zone.w - 15 * s.u, zone.h)
    s.column("words", room, items, stand="bottom", most=1.35)


def headline_above(s: Stage) -> None:
    """Two colors: the photo in tones of ink and paper, the words above the head."""
    c = s.content
    side, head = ("left", (0.72, 0.5, 0.6)) if s.lies else ("top", (0.5, 0.68, 0.4))
    zone = hero(s, side, head, 0.36, tint="duotone", color="ink")
    items = [
        *s.title(c.headline, 13.5, leading=0.08),
        *s.words(c.subline, 2.9, gap=3.0),
        *s.facts(2.5, gap=2.6),
    ]
    s.column("words", zone, items, stand="top" if not s.lies else "middle")


def spoken(s: Stage) -> None:
    """A quote over a gray portrait."""
    c = s.content
    side, head = ("left", (0.74, 0.46, 0.62)) if s.lies else ("bottom", (0.5, 0.3, 0.36))
    zone = hero(s, side, head, 0.44, tint="mono", color="#0c0c0d", floor=0.3)
    items = [
        *s.title(quoted(c.headline), 8.6, leading=0.28),
        *s.rule(9, 0.32, gap=3.4),
        *s.words(c.name, 2.7, gap=2.6, weight=600),
        *s.words(c.role, 2.3, gap=1.1),
    ]
    s.column("words", zone, items, stand="bottom" if not s.lies else "middle")


def still(s: Stage) -> None:
    """A story: few words, centered, fine letters."""
    c = s.content
    side, head = ("left", (0.72, 0.46, 0.6)) if s.lies else ("bottom", (0.5, 0.36, 0.42))
    zone = hero(s, side, head, 0.34)
    items = [
        *s.label(c.kicker, 1.9),
        *s.title(c.headline, 12.5, leading=0.1, gap=2.6),
        *s.words(c.subline, 2.7, gap=2.6, balance=True),
        *s.chip(c.cta, 2.3, ground="paper", color="ink"),
    ]
    centered = "left" if s.lies else "center"
    stand = "bottom" if not s.lies else "middle"
    s.column("words", zone, items, stand=stand, side=centered, most=1.2)


def name_line(s: Stage) -> None:
    """A profile's header: name and what one does, over the photo's quiet side."""
    c = s.content
    side, head = ("left", (0.78, 0.5, 0.7)) if s.lies else ("bottom", (0.5, 0.36, 0.42))
    zone = hero(s, side, head, 0.4)
    items = [
        *s.title(c.name or c.headline, 11 if s.form == "strip" else 10),
        *s.words(c.role or c.subline, 3.2, gap=2.2),
        *s.words(c.headline if c.name else "", 2.5, gap=3.0, color="auto-accent", weight=600),
    ]
    s.column("words", zone, items, stand="middle" if s.lies else "bottom")


def invitation(s: Stage) -> None:
    """Save the date: one large day, letters like on paper."""
    c = s.content
    side, head = ("left", (0.72, 0.46, 0.6)) if s.lies else ("bottom", (0.5, 0.33, 0.4))
    zone = hero(s, side, head, 0.42, color="ink")
    items = [
        *s.label(c.kicker, 1.9),
        *s.title(c.date or c.headline, 15, gap=2.4, leading=0.02),
        *s.title(c.headline if c.date else "", 5.2, gap=2.6, italic=True, leading=0.2),
        *s.rule(6, 0.24, gap=3.2, color="auto"),
        *s.words(c.place or c.subline, 2.5, gap=2.8),
    ]
    side_ = "left" if s.lies else "center"
    s.column("words", zone, items, stand="middle" if s.lies else "bottom", side=side_)
