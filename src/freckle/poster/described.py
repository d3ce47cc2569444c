"""A sheet's layers for a list: what each is, where it lies, how it looks."""

from dataclasses import dataclass

from freckle.poster.laid import Laid, Set, room_of
from freckle.poster.layers import Code, Column, Image, Layer, Shape
from freckle.poster.palette import RGB
from freckle.poster.room import Room

SHORT = 80


@dataclass(frozen=True, slots=True)
class Described:
    """One layer; what its kind does not have is None or empty."""

    id: str
    kind: str
    room: Room
    """In points."""
    hidden: bool
    opacity: float
    text: str = ""
    """The words of the largest type, or what a code says."""
    size: float | None = None
    """Of its largest type, in points."""
    family: str | None = None
    side: str | None = None
    stand: str | None = None
    color: str | None = None
    """Of type, a form or a code: #rrggbb."""


def described(laid: Laid) -> list[Described]:
    """Return all layers from back to front, those that are hidden too."""
    drawn = {layer.id for layer in laid.layers}
    return [_one(laid, layer, hidden=layer.id not in drawn) for layer in laid.listed]


def _one(laid: Laid, layer: Layer, *, hidden: bool) -> Described:
    base = (layer.id, layer.kind, room_of(layer.place, laid.board), hidden, layer.opacity)
    match layer:
        case Column():
            return _column(laid, layer, base)
        case Shape():
            return Described(*base, color=_hex(laid.colors.of(layer.fill or layer.stroke or "ink")))
        case Code():
            return Described(*base, text=layer.text[:SHORT], color=_hex(laid.colors.of(layer.ink)))
        case Image():
            return Described(*base, side=layer.side)
        case _:
            return Described(*base)


def _column(laid: Laid, column: Column, base: tuple[str, str, Room, bool, float]) -> Described:
    lines = [each for each in laid.type if each.layer == column.id]
    largest: Set | None = max(lines, key=lambda each: each.size, default=None)
    first = column.items[largest.number if largest else 0] if column.items else None
    family = None
    if first is not None:
        family = first.family or laid.fonts[0 if first.font == "display" else 1]
    return Described(
        *base,
        text=largest.text[:SHORT] if largest else _words(column),
        size=largest.size if largest else None,
        family=family,
        side=column.side,
        stand=column.stand,
        color=_hex(largest.color) if largest else None,
    )


def _words(column: Column) -> str:
    """Return the first words of a column that is not drawn."""
    return next((item.text for item in column.items if item.text), "")[:SHORT]


def _hex(color: RGB) -> str:
    return "#{:02x}{:02x}{:02x}".format(*color)
