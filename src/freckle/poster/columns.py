"""A column of type as the typesetter wants it."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from freckle.poster.layers import Column, Item
from freckle.poster.palette import RGB
from freckle.poster.room import Room
from freckle.poster.typefaces import fallbacks, right_to_left, tall, words_of

Ink = Callable[[RGB], Sequence[float]]
"""Turns a color into what the typesetter paints with: three of RGB (0..255) or four of ink (%)."""
BLACK: RGB = (0, 0, 0)
DESCENT = 0.24
"""How far letters reach below their line, in em."""


def shown(item: Item, lang: str) -> str:
    """Return the letters that are drawn."""
    return capitals(item.text, lang) if item.caps else item.text


def capitals(text: str, lang: str) -> str:
    """Return a text in capitals as its language writes them."""
    if lang in ("tr", "az"):
        text = text.replace("i", "İ")
    return text.upper() if lang != "de" else text.replace("ß", "ẞ").upper()


def plain_column(
    column: Column,
    room: Room,
    fonts: tuple[str, str],
    lang: str,
    paints: Mapping[tuple[str, int], RGB],
    inks: tuple[Ink, Callable[[str], RGB]],
) -> dict[str, Any]:
    """Return a column as plain data; `paints` has the colors that were found for its items."""
    items = [
        _item(item, fonts, lang, paints.get((column.id, number), BLACK), inks)
        | {"alpha": column.opacity}
        for number, item in enumerate(column.items)
    ]
    return {
        "kind": "column",
        "id": column.id,
        "x": room.x,
        "y": room.y,
        "w": max(room.w, 1.0),
        "h": max(room.h, 1.0),
        "side": column.side,
        "stand": column.stand,
        "least": column.least,
        "most": column.most,
        "factor": column.factor,
        "items": items,
    }


def _item(
    item: Item,
    fonts: tuple[str, str],
    lang: str,
    color: RGB,
    inks: tuple[Ink, Callable[[str], RGB]],
) -> dict[str, Any]:
    ink, named = inks
    text, high = shown(item, lang), tall(item.text)
    family = item.family or (fonts[0] if item.font == "display" else fonts[1])
    low = not item.caps and item.kind != "rule"
    return {
        "kind": item.kind,
        "text": text,
        "beside": item.beside,
        "unbroken": words_of([text]),
        "font": [family, *(each for each in fallbacks(lang) if each != family)],
        "size": item.size,
        "give": item.give,
        "weight": item.weight,
        "style": "italic" if item.italic else "normal",
        # letters that join must not be torn apart
        "tracking": 0 if high else item.tracking,
        "leading": max(item.leading, 0.35) if high else item.leading,
        "fill": list(ink(color)),
        "ground": list(ink(named(item.ground))),
        "radius": item.radius,
        "lang": lang,
        "rtl": right_to_left(text),
        "hyphenate": item.font == "text" and len(text) > 90,
        "top": "ascender" if high else "cap-height",
        "bottom": "descender" if high else "baseline",
        "tail": DESCENT if low and not high else 0.04,
        "figures": "lining",
        "gap": item.gap,
        "balance": item.balance,
        "length": item.length,
        "thick": item.thick,
    }
