"""Sheets with lists: menus, programs, teams."""

from freckle.poster.layers import Item
from freckle.poster.room import Room
from freckle.poster.stage import Stage
from freckle.poster.templates.grounds import beside


def menu(s: Stage) -> None:
    """A menu: the cook's picture above, dishes and prices on paper."""
    u, safe = s.u, s.safe
    s.shape("ground", s.bled, "paper")
    if s.lies:
        zone = beside(s, "right", 0.56, head=(0.5, 0.45, 0.5), color="paper")
        s.column("list", zone, [*_top(s), *rows(s, 2.5, 2.6)], stand="middle")
        return
    share = 0.3
    picture = Room(s.bled.x, s.bled.y, s.bled.w, share * s.page.h - s.bled.y)
    if s.roomy(picture, most=0.74).w < picture.w:  # the band would cut the face
        band = Room(safe.x, safe.y, safe.w, picture.bottom - safe.y)
        s.photo("portrait", s.roomy(band, most=0.7), (0.5, 0.5, 0.66), mask="arch")
    else:
        s.photo("portrait", picture, (0.5, 0.5, 0.66))
    top = (picture.bottom if s.subjects else safe.y) + 4 * u
    name = Room(safe.x, top, safe.w, 12 * u)
    s.column("title", name, _top(s), stand="top", side="center")
    low = name.bottom + 4 * u
    inner = safe.w * 0.06
    room = Room(safe.x + inner, low, safe.w - 2 * inner, safe.bottom - low)
    s.column("list", room, rows(s, 2.5, 3.0), stand="top", most=1.7)


def program(s: Stage) -> None:
    """A program: hours and names in a narrow face, the headliner's picture beside."""
    c = s.content
    side, share = ("right", 0.56) if s.lies else ("bottom", 0.54)
    zone = beside(s, side, share, head=(0.5, 0.45, 0.52), color="ink", tint="duotone")
    items = [
        *s.title(c.headline, 11, caps=True, leading=0.04),
        *s.facts(2.3, gap=2.4),
        *_first_gap(rows(s, 2.6, 1.8), 4 * s.u),
    ]
    s.column("words", zone, items, stand="middle" if s.lies else "top", most=1.3)


def team(s: Stage) -> None:
    """A team: as many faces as there are portraits, names under them."""
    c, u, safe = s.content, s.u, s.safe
    s.shape("ground", s.bled, "soft")
    head = (17 if not s.lies else 13) * u
    title = Room(safe.x, safe.y, safe.w, head - 3 * u)
    items = [*s.title(c.headline, 8), *s.words(c.subline, 2.4, gap=2.0)]
    s.column("title", title, items, stand="top")
    count = max(1, len(s.subjects))
    room = Room(safe.x, safe.y + head, safe.w, safe.h - head)
    across = grid_of(count, room, 1.32)
    gap = 3 * u
    down = -(-count // across)
    w = (room.w - (across - 1) * gap) / across
    h = (room.h - (down - 1) * gap) / down
    label = min(9 * u, 0.3 * h)
    for number in range(len(s.subjects)):
        x, y = room.x + (number % across) * (w + gap), room.y + (number // across) * (h + gap)
        s.photo(
            f"portrait-{number + 1}",
            Room(x, y, w, h - label),
            (0.5, 0.5, 0.56),
            portrait=number,
            mask="rounded",
        )
        s.column(
            f"who-{number + 1}",
            Room(x, y + h - label + 1.6 * u, w, label - 1.6 * u),
            who(s, number),
        )


def who(s: Stage, number: int) -> list[Item]:
    """Return name and role of one of a team."""
    c = s.content
    if number < len(c.items):
        pair = c.items[number]
        name, role = pair.text, pair.beside
    else:
        name, role = (c.name, c.role) if number == 0 else ("", "")
    return [*s.words(name, 2.5, weight=600), *s.words(role, 2.1, gap=1.0)]


def grid_of(count: int, room: Room, upright: float) -> int:
    """Return how many columns make cells that are nearest to `upright` times as tall as wide."""

    def miss(across: int) -> float:
        down = -(-count // across)
        return abs((room.h / down) / (room.w / across) / upright - 1) + 0.1 * (
            across * down - count
        )

    return min(range(1, count + 1), key=miss)


def rows(s: Stage, size: float, gap: float) -> list[Item]:
    """Return a list's lines: a text, what stands at the other end, a smaller line under it."""
    found: list[Item] = []
    for pair in s.content.items:
        row = s.words(pair.text, size, kind="row", beside=pair.beside, weight=600, gap=gap)
        found += row
        found += s.words(pair.more, size * 0.82, gap=0.9)
    return found


def _top(s: Stage) -> list[Item]:
    c = s.content
    return [*s.label(c.kicker, 1.7, color="auto-accent"), *s.title(c.headline, 7.6, gap=1.8)]


def _first_gap(items: list[Item], gap: float) -> list[Item]:
    return [
        item.model_copy(update={"gap": gap}) if k == 0 else item for k, item in enumerate(items)
    ]
