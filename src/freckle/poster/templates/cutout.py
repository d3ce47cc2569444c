"""The person without a background, before color and large type."""

from freckle.poster.layers import Item
from freckle.poster.room import Room
from freckle.poster.stage import Stage


def person(s: Stage, room: Room, head: tuple[float, float, float], *, clear: float = 0.0) -> bool:
    """Add the person as a cutout; where none can be had, as a picture in an arch.

    A cutout's hair may reach into what stands above; a picture begins `clear` points lower.
    Returns whether it is a cutout.
    """
    if s.cuts_out():
        s.photo("portrait", room, head, cutout=True, stands=True)
        return True
    if s.subjects:
        lower = Room(room.x, room.y + clear, room.w, room.h - clear)
        arch = s.roomy(lower.part(0.1, 0.06, 0.9, 1))
        s.photo("portrait", arch, (0.5, 0.5, 0.46), mask="arch")
    return False


def sun(s: Stage) -> None:
    """A launch: the person before a large disc, the words beside or above."""
    c, u, page = s.content, s.u, s.page
    s.shape("ground", s.bled, "soft")
    if s.lies:
        d = 0.98 * page.h
        disc = Room(page.right - 0.5 * page.w + (0.5 * page.w - d) / 2, page.y + 0.1 * d, d, d)
        stand = Room(page.x + 0.5 * page.w, page.y, 0.5 * page.w, s.bled.bottom)
        words = Room(s.safe.x, s.safe.y, 0.5 * page.w - s.safe.x - 2 * u, s.safe.h)
    else:
        d = 0.8 * page.w
        disc = Room(page.middle[0] - d / 2, s.page.bottom - 1.02 * d, d, d)
        top = page.y + 0.4 * page.h
        stand = Room(s.bled.x, top, s.bled.w, s.bled.bottom - top)
        words = Room(s.safe.x, s.safe.y, s.safe.w, top - s.safe.y - 3 * u)
    s.shape("disc", disc, "accent", form="ellipse")
    person(s, stand, (0.5, 0.36, 0.5))
    items = [
        *s.label(c.kicker, 1.9),
        *s.title(c.headline, 12, leading=0.06, gap=2.2),
        *s.words(c.subline, 2.8, gap=2.6),
        *s.chip(c.cta, 2.3, ground="ink", color="paper"),
    ]
    s.column("words", words, items, stand="middle" if s.lies else "top", most=1.25)


def price(s: Stage) -> None:
    """A sale: the number as large as the sheet, the person before it."""
    c, u, page = s.content, s.u, s.page
    s.shape("ground", s.bled, "accent")
    if s.lies:
        number = Room(s.safe.x, s.safe.y, 0.56 * s.safe.w, 0.56 * s.safe.h)
        stand = Room(page.x + 0.56 * page.w, page.y, 0.44 * page.w, s.bled.bottom)
        words = Room(s.safe.x, number.bottom + 2 * u, 0.56 * s.safe.w, 0.44 * s.safe.h - 2 * u)
    else:
        number = Room(s.safe.x, s.safe.y, s.safe.w, 0.3 * page.h)
        top = number.bottom - 3 * u
        low = s.safe.bottom - 0.2 * page.h
        stand = Room(s.bled.x, top, s.bled.w, low - top)
        words = Room(s.safe.x, low + 3.4 * u, s.safe.w, s.safe.bottom - low - 3.4 * u)
    s.column(
        "number",
        number,
        s.title((c.price or c.headline).replace(" ", "\u00a0"), 24, leading=0.02, balance=False),
        most=3,
        stand="top" if not s.lies else "bottom",
    )
    person(s, stand, (0.5, 0.42, 0.6), clear=0 if s.lies else 3 * u)
    if not s.lies:
        strip = Room(s.bled.x, stand.bottom, s.bled.w, s.bled.bottom - stand.bottom)
        s.shape("strip", strip, "ink")
    items = [
        *s.title(c.headline if c.price else "", 6.6, leading=0.12),
        *s.words(c.subline, 2.5, gap=2.0),
        *s.facts(2.3, gap=1.8),
        *s.chip(c.cta, 2.3, gap=2.6, ground="paper", color="ink"),
    ]
    s.column("words", words, items, stand="top", most=1.2)


def before_letters(s: Stage) -> None:
    """A headline across the sheet, the person standing before its last line."""
    c, u, page = s.content, s.u, s.page
    s.shape("ground", s.bled, "paper")
    if s.lies:
        words = Room(s.safe.x, s.safe.y, 0.56 * page.w - s.safe.x, s.safe.h)
        stand = Room(page.x + 0.5 * page.w, page.y, 0.5 * page.w, s.bled.bottom)
        block = Room(page.x + 0.62 * page.w, s.bled.y, s.bled.right - 0.62 * page.w, s.bled.h)
        s.shape("block", block, "accent")
        person(s, stand, (0.54, 0.42, 0.5))
        s.column("words", words, _lines(s, 14), stand="middle")
        return
    title = Room(s.safe.x, s.safe.y, s.safe.w, 0.38 * page.h - s.safe.y)
    low = s.safe.bottom - 14 * u
    block = Room(s.bled.x, 0.56 * page.h, s.bled.w, s.bled.bottom - 0.56 * page.h)
    s.shape("block", block, "accent")
    s.column(
        "title", title, s.title(c.headline, 19, caps=True, leading=0.08), most=2.4, stand="bottom"
    )
    top = title.bottom - 6 * u  # hair may reach into the letters, a face may not
    person(s, Room(s.bled.x, top, s.bled.w, low - top), (0.5, 0.4, 0.64), clear=6 * u)
    s.shape("foot", Room(s.bled.x, low, s.bled.w, s.bled.bottom - low), "ink")
    half = 0.5 * s.safe.w - 1.5 * u
    strip = Room(s.safe.x, low + 3.2 * u, half, s.safe.bottom - low - 3.2 * u)
    s.column("when", strip, s.facts(2.6), stand="top")
    other = strip.moved(half + 3 * u, 0)
    s.column("about", other, [*s.words(c.subline, 2.4)], stand="top")


def _lines(s: Stage, size: float) -> list[Item]:
    c = s.content
    return [
        *s.label(c.kicker, 1.9, color="auto-accent"),
        *s.title(c.headline, size, caps=True, leading=0.1, gap=2.2),
        *s.words(c.subline, 2.7, gap=2.8),
        *s.facts(2.4, gap=2.4),
    ]


def pop(s: Stage) -> None:
    """A thumbnail: few words in heavy letters, the person large before a slanted field."""
    c, u, page = s.content, s.u, s.page
    s.shape("ground", s.bled, "ink")
    if s.lies:
        field = Room(page.x + 0.5 * page.w, s.bled.y, s.bled.right - 0.5 * page.w, s.bled.h)
        s.shape(
            "field", field, "accent", form="polygon", points=((0.22, 0), (1, 0), (1, 1), (0, 1))
        )
        stand = Room(page.x + 0.48 * page.w, page.y, 0.52 * page.w, s.bled.bottom)
        words = Room(s.safe.x, s.safe.y, 0.5 * page.w - s.safe.x - u, s.safe.h)
    else:
        top = page.y + 0.4 * page.h
        field = Room(s.bled.x, top, s.bled.w, s.bled.bottom - top)
        s.shape(
            "field", field, "accent", form="polygon", points=((0, 0.14), (1, 0), (1, 1), (0, 1))
        )
        stand = Room(s.bled.x, top, s.bled.w, s.bled.bottom - top)
        words = Room(s.safe.x, s.safe.y, s.safe.w, top - s.safe.y - u)
    person(s, stand, (0.52, 0.45, 0.64))
    items = [
        *s.label(c.kicker, 2.6, color="auto-accent"),
        *s.title(c.headline, 17, caps=True, leading=0.1, gap=2.0),
        *s.words(c.subline, 3.3, gap=2.8, weight=600),
    ]
    s.column("words", words, items, stand="middle", most=1.5)


def strip(s: Stage) -> None:
    """A profile banner: name and line at the left, the person at the right."""
    c, u, page = s.content, s.u, s.page
    s.shape("ground", s.bled, "paper")
    if not s.lies:
        sun(s)
        return
    wide = 0.34 * page.w
    block = Room(page.right - wide, s.bled.y, s.bled.right - page.right + wide, s.bled.h)
    s.shape("block", block, "accent")
    stand = Room(page.right - wide, page.y, wide, s.bled.bottom)
    if s.cuts_out():
        s.photo("portrait", stand, (0.5, 0.5, 0.72), cutout=True, stands=True)
    elif s.subjects:
        s.photo("portrait", block, (0.5, 0.48, 0.62))
    words = Room(s.safe.x, s.safe.y, page.right - wide - s.safe.x - 5 * u, s.safe.h)
    items = [
        *s.title(c.name or c.headline, 12, leading=0.06),
        *s.words(c.role or c.subline, 4, gap=2.4),
        *s.rule(9, 0.4, gap=3.2),
        *s.words(c.headline if c.name else c.place, 3, gap=2.8, weight=600),
    ]
    s.column("words", words, items, stand="middle")
