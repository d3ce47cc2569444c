"""A picture beside a panel of color."""

from freckle.poster.room import Room
from freckle.poster.stage import Stage
from freckle.poster.templates.grounds import bare, beside


def launch(s: Stage) -> None:
    """A product goes out: a block of color, a heavy headline, a button."""
    c = s.content
    side, share = ("left", 0.52) if s.lies else ("bottom", 0.43)
    zone = beside(s, side, share, head=(0.5, 0.46, 0.5), color="accent")
    items = [
        *s.label(c.kicker, 1.9),
        *s.title(c.headline, 10.5, leading=0.1, gap=2.2),
        *s.words(c.subline, 2.7, gap=2.6),
        *s.chip(c.cta, 2.3, ground="ink", color="paper"),
    ]
    s.mark("logo", Room(s.safe.right - 16 * s.u, s.safe.y, 16 * s.u, 5 * s.u), "right")
    s.column("words", zone, items, stand="middle" if s.lies else "top", most=1.3)


def voice(s: Stage) -> None:
    """A quote on soft paper, the person beside it."""
    c = s.content
    side, share = ("left", 0.56) if s.lies else ("bottom", 0.5)
    zone = beside(s, side, share, head=(0.5, 0.45, 0.55), color="soft")
    items = [
        *s.title("“", 17, leading=0, balance=False, color="auto-accent", give=0.8),
        *s.title(bare(c.headline), 6.4, leading=0.26, gap=-5.2),
        *s.words(c.name, 2.6, gap=4.0, weight=600),
        *s.words(c.role, 2.3, gap=1.1),
    ]
    s.column("words", zone, items, stand="middle", most=1.3)


def profile(s: Stage) -> None:
    """A page of a team's book: who, what, and a few lines."""
    c = s.content
    side, share = ("right", 0.58) if s.form != "tall" else ("bottom", 0.5)
    zone = beside(s, side, share, head=(0.5, 0.44, 0.46), color="paper")
    code = 12 * s.u
    room = zone
    if c.link:
        s.code("code", Room(zone.right - code, s.safe.bottom - code, code, code))
        room = Room(zone.x, zone.y, zone.w, zone.h - code - 2 * s.u)
    items = [
        *s.label(c.kicker, 1.8, color="auto-accent"),
        *s.title(c.name or c.headline, 8.2, gap=2.8, leading=0.06),
        *s.words(c.role or c.subline, 2.8, gap=2.0),
        *s.rule(8, 0.3, gap=3.2),
        *s.words(c.body, 2.25, gap=3.2, leading=0.62),
        *s.facts(2.2, gap=3.0),
    ]
    s.column("words", room, items, stand="top")


def speaker(s: Stage) -> None:
    """A talk: the speaker under an arch, title and hour beside."""
    c, u = s.content, s.u
    s.shape("ground", s.bled, "paper")
    safe = s.safe
    if s.lies:
        picture = Room(safe.right - 0.4 * safe.w, s.page.y + 0.14 * s.page.h, 0.4 * safe.w, 0)
        picture = Room(picture.x, picture.y, picture.w, s.bled.bottom - picture.y)
        words = Room(safe.x, safe.y, 0.6 * safe.w - 5 * u, safe.h)
    else:
        width = min(0.78 * safe.w, 0.5 * safe.h)
        picture = Room(safe.right - width, safe.y, width, 0.5 * safe.h)
        words = Room(safe.x, picture.bottom + 4 * u, safe.w, safe.bottom - picture.bottom - 4 * u)
    s.shape("arch", picture, "accent", arch=True)
    if s.cuts_out():
        s.photo("portrait", picture, (0.5, 0.45, 0.52), cutout=True, stands=True, mask="arch")
    else:
        s.photo("portrait", picture, (0.5, 0.5, 0.5), mask="arch")
    items = [
        *s.label(c.kicker, 1.9, color="auto-accent"),
        *s.title(c.headline, 7.4, gap=2.0, leading=0.14),
        *s.words(c.name, 2.9, gap=3.2, weight=600),
        *s.words(c.role, 2.4, gap=1.1),
        *s.facts(2.3, gap=2.6),
    ]
    s.column("words", words, items, stand="middle" if s.lies else "top", most=1.5)


def talk(s: Stage) -> None:
    """A talk's card: the title large on paper, who speaks and when at the foot."""
    c = s.content
    side, share = ("right", 0.56) if s.form != "tall" else ("bottom", 0.52)
    zone = beside(s, side, share, head=(0.5, 0.45, 0.46), color="paper")
    low = 15 * s.u
    upper = Room(zone.x, zone.y, zone.w, zone.h - low - 2 * s.u)
    items = [
        *s.label(c.kicker, 1.9, color="auto-accent"),
        *s.title(c.headline, 8.4, gap=2.4, leading=0.08),
    ]
    s.column("words", upper, items, stand="top", most=1.5)
    foot = zone.cut("bottom", low)
    who = [
        *s.rule(zone.w / s.u, 0.16, color="ink"),
        *s.words(c.name, 2.5, weight=600, gap=2.2),
        *s.words(c.role, 2.2, gap=0.9),
        *s.facts(2.2, gap=2.2),
    ]
    s.column("who", foot, who, stand="bottom")


def two_tone(s: Stage) -> None:
    """An event: color above, picture below, the title as large as the sheet allows."""
    c = s.content
    side, share = ("left", 0.56) if s.lies else ("top", 0.46)
    zone = beside(s, side, share, head=(0.5, 0.42, 0.5), color="accent", tint="duotone")
    items = [
        *s.facts(2.4),
        *s.title(c.headline, 15, caps=True, leading=0.08, gap=3.2),
        *s.words(c.subline, 2.8, gap=2.8),
    ]
    s.column("words", zone, items, stand="top" if not s.lies else "middle", most=1.5)


def face_to_face(s: Stage) -> None:
    """A thumbnail: the face fills one half, three words the other."""
    c = s.content
    side, share = ("left", 0.54) if s.lies else ("bottom", 0.4)
    zone = beside(s, side, share, head=(0.5, 0.47, 0.66), color="ink")
    items = [
        *s.chip(c.kicker, 2.8, gap=0, radius=0.3),
        *s.title(c.headline, 16, caps=True, leading=0.12, gap=2.4),
        *s.words(c.subline, 3.4, gap=2.6, color="auto-accent", weight=600),
    ]
    s.column("words", zone, items, stand="middle")
