"""A picture in a frame of paper, type on a grid around it."""

from freckle.poster.layers import Item
from freckle.poster.room import Room
from freckle.poster.stage import Stage
from freckle.poster.templates.grounds import beside


def gallery(s: Stage) -> None:
    """An exhibition: much paper, one picture, three columns of small type."""
    c, u, safe = s.content, s.u, s.safe
    s.shape("ground", s.bled, "paper")
    if s.lies:
        zone = beside(s, "left", 0.46, head=(0.5, 0.45, 0.5), color="paper")
        items = [*s.title(c.headline, 9, leading=0.06), *s.words(c.subline, 2.6, gap=2.6)]
        s.column("title", zone.part(0, 0, 1, 0.66), items, stand="top")
        s.column("when", zone.part(0, 0.7, 1, 1), s.facts(2.2), stand="bottom")
        return
    low = 24 * u
    picture = Room(safe.x, safe.y, safe.w, safe.h - low)
    s.photo("portrait", picture, (0.5, 0.42, 0.44))
    third = (safe.w - 2 * 2.4 * u) / 3
    row = Room(safe.x, picture.bottom + 3.4 * u, third, safe.bottom - picture.bottom - 3.4 * u)
    title = Room(row.x, row.y, 2 * third - 2 * u, row.h)
    s.column("title", title, [*s.title(c.headline, 8.2, leading=0.06)], stand="top")
    right = row.moved(2 * (third + 2.4 * u), 0)
    facts = [*s.facts(2.0), *s.words(c.subline, 2.0, gap=2.4)]
    s.column("facts", right, facts, stand="top")


def window(s: Stage) -> None:
    """A thin line around everything, the picture under an arch, letters centered."""
    c, u, page = s.content, s.u, s.page
    s.shape("ground", s.bled, "soft")
    line = s.safe.inset(-1.6 * u)
    s.shape("line", line, None, stroke="ink", thick=0.16 * u)
    inner = s.safe.inset(2.4 * u)
    if s.lies:
        side = 0.42 * inner.w
        picture = Room(inner.right - side, inner.y, side, line.bottom - inner.y)
        words = Room(inner.x, inner.y, inner.w - side - 4 * u, inner.h)
    else:
        width = 0.66 * page.w
        picture = Room(page.middle[0] - width / 2, inner.y, width, 0.6 * inner.h)
        words = Room(
            inner.x, picture.bottom + 3.6 * u, inner.w, inner.bottom - picture.bottom - 3.6 * u
        )
    s.photo("portrait", picture, (0.5, 0.48, 0.46), mask="arch")
    items = [
        *s.label(c.kicker, 1.8),
        *s.title(c.headline, 9, leading=0.08, gap=2.2),
        *s.words(c.subline, 2.4, gap=2.2, balance=True),
        *s.facts(2.2, gap=2.4),
    ]
    along = "left" if s.lies else "center"
    s.column("words", words, items, stand="middle", side=along, most=1.5)


def swiss(s: Stage) -> None:
    """A strict grid: heavy headline at the left edge, picture in a corner, a red rule."""
    u, safe = s.u, s.safe
    s.shape("ground", s.bled, "paper")
    if s.lies:
        picture = Room(
            safe.right - 0.46 * safe.w,
            s.bled.y,
            s.bled.right - safe.right + 0.46 * safe.w,
            s.bled.h,
        )
        words = Room(safe.x, safe.y, 0.54 * safe.w - 4 * u, safe.h)
        s.photo("portrait", picture, (0.5, 0.46, 0.5), tint="mono")
        s.column("words", words, [*_head(s), *s.facts(2.4, gap=3)], stand="middle")
        return
    top = safe.y + 0.4 * safe.h
    left = safe.x + safe.w / 4
    picture = Room(left, top, s.bled.right - left, s.bled.bottom - top)
    s.photo("portrait", picture, (0.46, 0.42, 0.46), tint="mono")
    s.column(
        "words", Room(safe.x, safe.y, safe.w, top - safe.y - 3 * u), _head(s), stand="top", most=1.5
    )
    side = Room(safe.x, top, safe.w / 4 - 2 * u, safe.bottom - top)
    facts = [*s.rule(7, 0.6), *s.facts(2.0, gap=2.0)]
    s.column("facts", side, facts, stand="top")


def _head(s: Stage) -> list[Item]:
    c = s.content
    return [
        *s.title(c.headline, 15, leading=0.04, tracking=-0.03),
        *s.words(c.subline, 2.6, gap=2.8),
    ]


def medal(s: Stage) -> None:
    """A round portrait and a line in large letters: for people who say something."""
    c, u, safe = s.content, s.u, s.safe
    s.shape("ground", s.bled, "accent")
    d = 22 * u if not s.lies else 0.3 * safe.w
    if s.lies:
        d = min(d, safe.h)
        picture = Room(safe.x, safe.middle[1] - d / 2, d, d)
        words = Room(safe.x + d + 6 * u, safe.y, safe.w - d - 6 * u, safe.h)
    else:
        picture = Room(safe.x, safe.bottom - d, d, d)
        words = Room(safe.x, safe.y, safe.w, safe.h - d - 5 * u)
    s.photo("portrait", picture, (0.5, 0.5, 0.62), mask="circle")
    said = s.title(c.headline, 9.6, leading=0.18)
    who = [*s.words(c.name, 2.7, weight=600), *s.words(c.role, 2.3, gap=1.0)]
    if s.lies:
        for item in who[:1]:
            who[0] = item.model_copy(update={"gap": 4 * u})
        s.column("words", words, [*said, *who], stand="middle")
        return
    s.column("words", words, said, stand="top", most=1.6)
    beside_ = Room(picture.right + 3.4 * u, picture.y, safe.right - picture.right - 3.4 * u, d)
    s.column("who", beside_, who, stand="middle")


def badge(s: Stage) -> None:
    """A badge: face, name as large as it fits, role, code."""
    c, u, safe = s.content, s.u, s.safe
    s.shape("ground", s.bled, "paper")
    if s.lies:
        d = safe.h
        s.photo("portrait", Room(safe.x, safe.y, d, d), (0.5, 0.48, 0.62), mask="rounded")
        words = Room(safe.x + d + 4 * u, safe.y, safe.w - d - 4 * u, safe.h)
        s.column("words", words, _name(s, 9), stand="middle")
        return
    head = 17 * u
    band = Room(s.bled.x, s.bled.y, s.bled.w, s.page.y - s.bled.y + safe.y + head - 4 * u)
    s.shape("band", band, "accent")
    label = Room(safe.x, safe.y, safe.w, head - 8 * u)
    s.column("event", label, s.title(c.kicker or c.headline, 4.2), stand="middle")
    d = 0.72 * safe.w
    picture = Room(safe.middle[0] - d / 2, safe.y + head, d, d)
    s.photo("portrait", picture, (0.5, 0.48, 0.6), mask="circle")
    low = picture.bottom + 3 * u
    code = 15 * u if c.link else 0.0
    s.code("code", Room(safe.middle[0] - code / 2, safe.bottom - code, code, code))
    words = Room(safe.x, low, safe.w, safe.bottom - low - code - (2 * u if code else 0))
    s.column("words", words, _name(s, 10), stand="middle", side="center", most=1.3)


def _name(s: Stage, size: float) -> list[Item]:
    c = s.content
    return [
        *s.title(c.name or c.headline, size, leading=0.04),
        *s.words(c.role or c.subline, 3.2, gap=2.4, weight=600, color="auto-accent"),
        *s.words(c.place, 2.7, gap=1.6),
    ]
