"""What a template sees: the sheet's rooms, what is said, who is on it, and words for type."""

import math
from dataclasses import dataclass, field
from typing import Any, Final, Literal

from freckle.poster.design import Artboard, Content, Portrait
from freckle.poster.framing import Framed, framed
from freckle.poster.layers import Code, Column, Image, Item, Layer, Photo, Place, Shade, Shape
from freckle.poster.palette import Palette
from freckle.poster.room import Room
from freckle.poster.subject import Subject

Form = Literal["tall", "square", "wide", "strip"]
MOST_CUT: Final = 2
"""In larger groups the matte may have holes; they keep their background unless asked."""
CLEAR: Final = 1.6
"""Units between a face and type."""


@dataclass(frozen=True, slots=True)
class Pairing:
    """Two typefaces that go together."""

    display: str
    text: str
    weight: int = 400
    """Of display type."""


@dataclass(frozen=True, eq=False)
class Stage:
    """One sheet to lay out."""

    board: Artboard
    content: Content
    subjects: tuple[Subject, ...]
    portraits: tuple[Portrait, ...]
    colors: Palette
    type: Pairing
    ground: Literal["template", "keep", "remove"] = "template"
    logo: str | None = None
    layers: list[Layer] = field(default_factory=list)

    @property
    def page(self) -> Room:
        """The trimmed sheet."""
        return self.board.page

    @property
    def bled(self) -> Room:
        """The sheet with its bleed."""
        return self.board.bled

    @property
    def safe(self) -> Room:
        """Where type may stand."""
        return self.board.safe_room

    @property
    def u(self) -> float:
        """The unit of type and space: a hundredth of the side of a square as large as the sheet."""
        return math.sqrt(self.page.w * self.page.h) / 100

    @property
    def form(self) -> Form:
        """Which way the sheet lies."""
        aspect = self.page.w / self.page.h
        if aspect >= 2.2:
            return "strip"
        return "wide" if aspect > 1.2 else "square" if aspect > 0.86 else "tall"

    @property
    def lies(self) -> bool:
        """Whether the sheet is wider than tall."""
        return self.form in ("wide", "strip")

    def cuts_out(self, number: int = 0, *, wanted: bool = True) -> bool:
        """Whether a portrait is drawn without its background: wanted, and good as a cutout."""
        if self.ground == "keep" or not self.subjects:
            return False
        subject = self.subject(number)
        if self.ground == "remove":
            return subject.alpha is not None
        return wanted and len(subject.faces) <= MOST_CUT and subject.stands

    def subject(self, number: int = 0) -> Subject:
        """Return a portrait; they begin anew where there are fewer."""
        return self.subjects[number % len(self.subjects)]

    def roomy(self, room: Room, number: int = 0, most: float = 0.82) -> Room:
        """Return a room narrow enough that the head is whole in it when the photo covers it."""
        if not self.subjects or self.subject(number).head is None:
            return room
        head, width = self.subject(number).head or room, self.subject(number).size[0]
        w = min(room.w, width * most * room.h / head.h)
        return Room(room.middle[0] - w / 2, room.y, w, room.h)

    # --- adding layers, from back to front ---

    def photo(
        self,
        name: str,
        room: Room,
        head: tuple[float, float, float],
        *,
        portrait: int = 0,
        cutout: bool = False,
        **how: Any,
    ) -> Framed | None:
        """Add a portrait; return how it lies, or nothing where there is none."""
        if not self.subjects:
            return None
        own = self.portraits[portrait % len(self.portraits)] if self.portraits else Portrait()
        layer = Photo(
            id=name,
            place=Place.of(room, self.page),
            portrait=portrait % len(self.subjects),
            cutout=cutout,
            head=head,
            zoom=own.zoom,
            shift=own.shift,
            **how,
        )
        self.layers.append(layer)
        return self.lies_as(layer, room)

    def lies_as(self, layer: Photo, room: Room) -> Framed:
        """Return how a photo lies in a room."""
        return framed(
            self.subject(layer.portrait),
            room,
            layer.head,
            free=layer.cutout and layer.stands,
            zoom=layer.zoom,
            shift=layer.shift,
        )

    def shape(self, name: str, room: Room, fill: str | None = "accent", **how: Any) -> None:
        """Add a flat form."""
        self.layers.append(Shape(id=name, place=Place.of(room, self.page), fill=fill, **how))

    def column(self, name: str, room: Room, items: list[Item], **how: Any) -> None:
        """Add type, if there is any."""
        if items:
            place = Place.of(room, self.page)
            self.layers.append(Column(id=name, place=place, items=tuple(items), **how))

    def code(self, name: str, room: Room, *, ink: str = "ink", ground: str = "paper") -> None:
        """Add the link as a QR code, if there is one."""
        if self.content.link:
            place = Place.of(room, self.page)
            text = self.content.link
            self.layers.append(Code(id=name, place=place, text=text, ink=ink, ground=ground))

    def mark(self, name: str, room: Room, side: Literal["left", "center", "right"]) -> None:
        """Add the brand's logo, if there is one."""
        if self.logo:
            place = Place.of(room, self.page)
            self.layers.append(Image(id=name, place=place, file=self.logo, side=side))

    def veil(self, name: str, shade: Shade) -> None:
        """Give a photo that was added a shade behind a column."""
        for place, layer in enumerate(self.layers):
            if layer.id == name and isinstance(layer, Photo):
                self.layers[place] = layer.model_copy(update={"shades": (*layer.shades, shade)})

    # --- type ---

    def words(self, text: str, size: float, **how: Any) -> list[Item]:
        """Return one paragraph of text type, `size` in units; nothing for an empty text."""
        if not text.strip():
            return []
        gap = how.pop("gap", 0.0) * self.u
        how = {"give": 0.5, "leading": 0.5, **how}
        return [Item(text=text.strip(), size=size * self.u, gap=gap, **how)]

    def title(self, text: str, size: float, **how: Any) -> list[Item]:
        """Return a headline in display type."""
        how = {
            "font": "display",
            "weight": self.type.weight,
            "leading": 0.2,
            "give": 1.0,
            "balance": True,
            **how,
        }
        return self.words(text, size, **how)

    def label(self, text: str, size: float = 2.0, **how: Any) -> list[Item]:
        """Return small capitals with air between them."""
        how = {"caps": True, "tracking": 0.12, "weight": 600, **how}
        return self.words(text, size, **how)

    def chip(self, text: str, size: float = 2.3, **how: Any) -> list[Item]:
        """Return a button."""
        return self.words(text, size, **{"kind": "chip", "weight": 600, "gap": 3.4, **how})

    def rule(self, length: float, thick: float = 0.28, **how: Any) -> list[Item]:
        """Return a line, in units."""
        gap = how.pop("gap", 0.0) * self.u
        sizes = {"length": length * self.u, "thick": thick * self.u}
        return [Item(kind="rule", gap=gap, color=how.pop("color", "accent"), **sizes, **how)]

    def facts(self, size: float = 2.4, **how: Any) -> list[Item]:
        """Return date and place, one under the other."""
        first, *_ = found = [text for text in (self.content.date, self.content.place) if text] or [
            ""
        ]
        gap = how.pop("gap", 0.0)
        items = self.words(first, size, **{"weight": 600, "gap": gap, **how})
        for text in found[1:]:
            items += self.words(text, size, **{"gap": 0.9, **how})
        return items

    # --- where type may stand ---

    def clear(self, lying: Framed | None, side: str, room: Room | None = None) -> Room:
        """Return the part of a room (the safe area) on one side of all faces."""
        room = room or self.safe
        if lying is None:
            return room
        gap = CLEAR * self.u
        for face in lying.faces:
            if side == "bottom" and face.bottom + gap > room.y:
                room = Room(room.x, face.bottom + gap, room.w, room.bottom - face.bottom - gap)
            elif side == "top" and face.y - gap < room.bottom:
                room = Room(room.x, room.y, room.w, face.y - gap - room.y)
            elif side == "left" and face.x - gap < room.right:
                room = Room(room.x, room.y, face.x - gap - room.x, room.h)
            elif side == "right" and face.right + gap > room.x:
                room = Room(face.right + gap, room.y, room.right - face.right - gap, room.h)
        return room
