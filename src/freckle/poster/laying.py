"""From layers to a sheet: type fitted, veils as strong as needed, every color readable."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

import numpy as np

from freckle.codec import load_bytes
from freckle.errors import RecipeError
from freckle.pixels.color import Floats
from freckle.poster.columns import DESCENT, shown
from freckle.poster.laid import Laid, Set
from freckle.poster.layers import Column, Item, Photo, Shade
from freckle.poster.palette import AIM, RGB, Palette, luminance, readable, worst
from freckle.poster.plate import Veil
from freckle.poster.room import Room
from freckle.poster.sheet import Make, plain_sheet
from freckle.poster.typeset import Typesetter

STEPS: Final = (0.0, 0.25, 0.42, 0.56, 0.68, 0.78, 0.86, 0.93, 1.0)
"""Strengths of a veil that are tried, weakest first."""
LOOK: Final = 480
"""Pixels of the longer side of the sheet on which contrast is measured."""
TAILS: Final = (1, 99)
"""Percentiles of the ground's luminance that type must read on."""
UNREST: Final = 0.075
"""Spread (standard deviation) of lightness, the cube root of luminance, that letters bear."""
WHITE: Final[RGB] = (255, 255, 255)
BLACK: Final[RGB] = (0, 0, 0)


def settled(draft: Laid, setter: Typesetter) -> Laid:
    """Fit the type, then find veils and colors on which all of it reads.

    Raises `RecipeError` when type does not fit into its place.
    """
    columns = {each.id: each for each in draft.layers if isinstance(each, Column)}
    scale = LOOK / max(draft.board.page.w, draft.board.page.h)
    photos = frozenset(each.id for each in draft.layers if isinstance(each, Photo))
    placed = _placed(draft, columns, setter, Make(scale, without=photos))

    def tried(strength: float) -> tuple[Laid, list[tuple[RGB, float]], bool]:
        laid = replace(draft, veils=_veils(draft, placed, strength))
        ground = _ground(laid, setter, scale)
        colors = [_color(columns, each, ground, laid) for each in placed]
        reads = all(
            (contrast >= AIM and calm(ground, each.room, laid.board.page))
            or not _veiled(laid, each)
            for each, (_, contrast) in zip(placed, colors, strict=True)
        )
        return laid, colors, reads

    laid, colors = _weakest(tried)
    type_ = tuple(
        replace(each, color=color, contrast=contrast)
        for each, (color, contrast) in zip(placed, colors, strict=True)
    )
    paints = {(each.layer, each.number): each.color for each in type_}
    paints |= _rules(columns, laid.colors, paints)
    return replace(laid, type=type_, paints=paints)


def _weakest(
    tried: Callable[[float], tuple[Laid, list[tuple[RGB, float]], bool]],
) -> tuple[Laid, list[tuple[RGB, float]]]:
    """Return the sheet with the weakest veils on which all type reads; the strongest, if none."""
    laid, colors, reads = tried(STEPS[0])
    if reads:
        return laid, colors
    low, high = 1, len(STEPS) - 1
    best = None
    while low < high:
        middle = (low + high) // 2
        laid, colors, reads = tried(STEPS[middle])
        if reads:
            best, high = (laid, colors), middle
        else:
            low = middle + 1
    return best or tried(STEPS[high])[:2]


def _placed(
    draft: Laid, columns: Mapping[str, Column], setter: Typesetter, make: Make
) -> list[Set]:
    """Return where the type lies. Raises `RecipeError` when it does not fit."""
    items, fitted = setter.places(plain_sheet(draft, setter, make))
    for name, each in fitted.items():
        if not each["fits"]:
            long = max((item.text for item in columns[name].items), key=len)
            raise RecipeError(
                f"The text {long[:40]!r} does not fit on {draft.board.name!r}.",
                "Shorten it, or choose a larger size.",
            )
    return [
        _set(columns[each["layer"]].items[each["number"]], each, draft.lang)
        for each in items
        if each["type"]
    ]


def _set(item: Item, found: Mapping[str, Any], lang: str) -> Set:
    below = (DESCENT if not item.caps else 0.0) * found["size"]
    room = Room(found["x"], found["y"], found["w"], found["h"] + below)
    return Set(found["layer"], found["number"], shown(item, lang), room, found["size"], BLACK, 0.0)


def _veiled(laid: Laid, item: Set) -> bool:
    """Whether a veil could still help an item to read."""
    return any(
        shade.behind == item.layer
        for layer in laid.layers
        if isinstance(layer, Photo)
        for shade in layer.shades
    )


def _veils(draft: Laid, placed: Sequence[Set], strength: float) -> dict[str, tuple[Veil, ...]]:
    """Return every photo's veils at a strength, or at their own least one."""
    return {
        layer.id: tuple(_veil(draft, placed, shade, strength) for shade in layer.shades)
        for layer in draft.layers
        if isinstance(layer, Photo) and layer.shades
    }


def _veil(draft: Laid, placed: Sequence[Set], shade: Shade, strength: float) -> Veil:
    rooms = [each.room for each in placed if each.layer == shade.behind]
    page = draft.board.page
    unit = (page.w * page.h) ** 0.5 / 100
    behind = Room(0, 0, page.w, page.h)
    if rooms:
        behind = rooms[0]
        for room in rooms[1:]:
            behind = behind.joined(room)
        behind = behind.inset(-1.5 * unit)
    fade = {"left": page.w, "right": page.w, "top": page.h, "bottom": page.h}
    return Veil(
        behind,
        shade.side,
        0.34 * fade.get(shade.side, page.h),
        draft.colors.of(shade.color),
        max(strength, shade.strength) if rooms else shade.strength,
    )


def _ground(laid: Laid, setter: Typesetter, scale: float) -> Floats:
    """Return the luminance of what lies behind all type (height × width)."""
    behind = [number for number, each in enumerate(laid.layers) if isinstance(each, Column)]
    before = {
        each.id
        for number, each in enumerate(laid.layers)
        if isinstance(each, Photo) and behind and number > behind[0] and each.cutout
    }
    make = Make(scale, without=frozenset(before))
    drawn = load_bytes(setter.png(plain_sheet(laid, setter, make), scale, bare=True))
    return luminance(np.asarray(drawn.pixels, np.uint8))


def _color(
    columns: Mapping[str, Column], item: Set, ground: Floats, laid: Laid
) -> tuple[RGB, float]:
    """Return an item's color and its contrast on the ground."""
    wanted = columns[item.layer].items[item.number].color
    dark, light = tails(ground, item.room, laid.board.page)
    colors = laid.colors
    if columns[item.layer].items[item.number].fixed:
        return colors.of(wanted), worst(colors.of(wanted), dark, light)
    if wanted not in ("auto", "auto-accent"):
        color = colors.of(wanted)
        if worst(color, dark, light) >= AIM:
            return color, worst(color, dark, light)
    if wanted != "auto":
        moved = readable(
            colors.accent if wanted == "auto-accent" else colors.of(wanted), dark, light
        )
        if moved is not None:
            return moved, worst(moved, dark, light)
    plain = sorted((colors.paper, colors.ink), key=lambda each: -worst(each, dark, light))
    loud = sorted((WHITE, BLACK), key=lambda each: -worst(each, dark, light))
    for color in (plain[0], loud[0]):
        if worst(color, dark, light) >= AIM:
            return color, worst(color, dark, light)
    return loud[0], worst(loud[0], dark, light)


def calm(ground: Floats, room: Room, page: Room) -> bool:
    """Whether what lies behind a room is quiet enough not to fight with letters."""
    part = _behind(ground, room, page)
    return part.size == 0 or float(np.cbrt(part).std()) <= UNREST


def tails(ground: Floats, room: Room, page: Room) -> tuple[float, float]:
    """Return the darkest and lightest luminance behind a room, but for a hundredth each."""
    part = _behind(ground, room, page)
    if part.size == 0:
        return 0.0, 1.0
    low, high = np.percentile(part, TAILS)
    return float(low), float(high)


def _behind(ground: Floats, room: Room, page: Room) -> Floats:
    scale = ground.shape[1] / page.w
    left, top = int(room.x * scale), int(room.y * scale)
    right, bottom = int(np.ceil(room.right * scale)), int(np.ceil(room.bottom * scale))
    return ground[max(0, top) : max(1, bottom), max(0, left) : max(1, right)]


def _rules(
    columns: Mapping[str, Column], colors: Palette, paints: Mapping[tuple[str, int], RGB]
) -> dict[tuple[str, int], RGB]:
    """Return the colors of rules: their own, or that of the type beside them."""
    found = {}
    for name, column in columns.items():
        near = next(
            (paints[name, k] for k in range(len(column.items)) if (name, k) in paints), BLACK
        )
        for number, item in enumerate(column.items):
            if item.kind == "rule":
                own = near if item.color.startswith("auto") else colors.of(item.color)
                found[name, number] = own
    return found
