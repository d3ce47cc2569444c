"""What somebody changed by hand, layer by layer, over what the template says."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Final, Literal

from pydantic import Field

from freckle.poster.layers import Code, Column, Layer, Piece, Place, Shape, Side

Tone = Annotated[
    str, Field(pattern="^(ink|paper|accent|soft|auto|auto-accent|#[0-9a-fA-F]{6})$", max_length=24)
]


class Change(Piece):
    """How one layer differs from the template's, or from what was added."""

    place: Place | None = None
    """Where it stands in every size."""
    places: dict[Annotated[str, Field(max_length=40)], Place] = Field({}, max_length=24)
    """Where it stands in single sizes, by their names; these go first."""
    hidden: bool = False
    locked: bool = False
    """Whether the editor leaves it alone; drawing does not ask."""
    group: Annotated[str, Field(max_length=60)] = ""
    """Layers with one group's name are chosen together in the editor."""
    opacity: Annotated[float, Field(ge=0, le=1)] = 1
    scale: Annotated[float, Field(ge=0.2, le=5)] = 1
    """Of type: a share of its fitted size; above 1 only as far as its place allows."""
    color: Tone | None = None
    """Of type, a shape or a code's modules: as it is, even where it does not read."""
    font: Annotated[str, Field(max_length=200)] | None = None
    """A typeface's name or a font file, of type."""
    side: Side | None = None
    stand: Literal["top", "middle", "bottom"] | None = None


UNCHANGED: Final = Change()


def changed(layer: Layer, change: Change, size: str, families: Mapping[str, str]) -> Layer:
    """Return a layer as it was changed, for the size of a name.

    `families` has the families of font files by the names that changes give.
    """
    update: dict[str, object] = {}
    place = change.places.get(size, change.place)
    if place is not None:
        update["place"] = place
    if change.opacity < 1:
        update["opacity"] = layer.opacity * change.opacity
    if isinstance(layer, Column):
        update |= _typed(layer, change, families)
    elif isinstance(layer, Shape) and change.color:
        update |= {"fill": change.color} if layer.fill is not None else {"stroke": change.color}
    elif isinstance(layer, Code) and change.color:
        update["ink"] = change.color
    return layer.model_copy(update=update) if update else layer


def _typed(column: Column, change: Change, families: Mapping[str, str]) -> dict[str, object]:
    update: dict[str, object] = {}
    if change.scale != 1:
        update["factor"] = change.scale
    if change.side is not None:
        update["side"] = change.side
    if change.stand is not None:
        update["stand"] = change.stand
    each: dict[str, object] = {}
    if change.font is not None:
        each["family"] = families.get(change.font, change.font)
    if change.color is not None and not change.color.startswith("auto"):
        each |= {"color": change.color, "fixed": True}
    elif change.color is not None:
        each["color"] = change.color
    if each:
        plain = {name: value for name, value in each.items() if name == "family"}
        update["items"] = tuple(
            item.model_copy(update=plain if item.kind == "chip" else each) for item in column.items
        )
    return update


def ordered(layers: Sequence[Layer], order: Sequence[str]) -> list[Layer]:
    """Return layers from back to front as `order` names them.

    A layer that it does not name stays over the one that it stood over.
    """
    ranks = {name: rank for rank, name in enumerate(order)}
    below = -1
    keys = []
    for number, layer in enumerate(layers):
        named = layer.id in ranks
        below = ranks[layer.id] if named else below
        keys.append((below, not named, number))
    return [layers[number] for *_, number in sorted(keys)]
