"""From a poster to a laid-out sheet for one size."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from freckle.poster.catalogue import template
from freckle.poster.changes import UNCHANGED, changed, ordered
from freckle.poster.columns import shown
from freckle.poster.design import Artboard, Poster
from freckle.poster.laid import Laid, framings
from freckle.poster.layers import Column, Layer, Photo
from freckle.poster.laying import settled
from freckle.poster.marking import mark
from freckle.poster.palette import Palette, branded, pictured
from freckle.poster.sizes import size
from freckle.poster.stage import Pairing, Stage
from freckle.poster.subject import Subject
from freckle.poster.templates.template import MIDNIGHT, PLAIN
from freckle.poster.typefaces import Typeface, check_letters, typeface
from freckle.poster.typeset import typesetter

HERE: Final = Path()


def boards(poster: Poster) -> list[Artboard]:
    """Return the sizes of a poster: its own, else its template's. Raises `RecipeError`."""
    names = poster.sizes or ((template(poster.template).size,) if poster.template else ("a4",))
    return [size(name) for name in dict.fromkeys(names)]


def lay(poster: Poster, subjects: Sequence[Subject], board: Artboard, folder: Path = HERE) -> Laid:
    """Lay a poster out for one size; `folder` is where its files' names start from.

    Raises `RecipeError` for what does not fit or cannot be set, and `Refusal` for a logo that
    cannot be opened.
    """
    pairing, own = _type(poster, folder)
    colors = _colors(poster, subjects)
    listed = _layers(poster, subjects, board, colors, pairing, _families(poster, folder, own))
    layers = tuple(each for each in listed if not poster.changes.get(each.id, UNCHANGED).hidden)
    draft = Laid(
        board=board,
        layers=layers,
        colors=colors,
        subjects=tuple(subjects),
        framings=framings(layers, subjects, board),
        veils={},
        paints={},
        type=(),
        own=tuple({face.path: face for face in own}.values()),
        fonts=(pairing.display, pairing.text),
        lang=poster.content.lang,
        folder=folder,
        listed=listed,
    )
    texts = [
        text
        for layer in layers
        if isinstance(layer, Column)
        for item in layer.items
        for text in (shown(item, draft.lang), item.beside)
    ]
    check_letters(texts, [face.path for face in own])
    with typesetter(own) as setter:
        return settled(draft, setter)


def _type(poster: Poster, folder: Path) -> tuple[Pairing, list[Typeface]]:
    """Return the typefaces: the brand's in place of the template's."""
    base = template(poster.template).type if poster.template else PLAIN
    own: list[Typeface] = []
    display, text = (
        _family(named, folder, own) if named else usual
        for named, usual in ((poster.brand.display, base.display), (poster.brand.text, base.text))
    )
    return Pairing(display, text, base.weight), own


def _families(poster: Poster, folder: Path, own: list[Typeface]) -> dict[str, str]:
    """Return the families of typefaces that single layers are set in; files join `own`."""
    fonts = {each.font for each in poster.changes.values() if each.font}
    return {named: _family(named, folder, own) for named in fonts}


def _family(named: str, folder: Path, own: list[Typeface]) -> str:
    """Return the family of a typeface; a file joins `own`."""
    found = typeface(named, folder)
    if not isinstance(found, Typeface):
        return found
    own.append(found)
    return found.family


def _colors(poster: Poster, subjects: Sequence[Subject]) -> Palette:
    base = template(poster.template).colors if poster.template else MIDNIGHT
    if poster.colors == "picture" and subjects:
        base = pictured(subjects[0].pixels, subjects[0].bare, base)
    return branded(base, poster.brand)


def _layers(
    poster: Poster,
    subjects: Sequence[Subject],
    board: Artboard,
    colors: Palette,
    pairing: Pairing,
    families: Mapping[str, str],
) -> tuple[Layer, ...]:
    """Return the template's layers and the poster's own, with what was changed by hand."""
    stage = Stage(
        board,
        poster.content,
        tuple(subjects),
        poster.portraits,
        colors,
        pairing,
        poster.ground,
        poster.brand.logo,
    )
    if poster.template:
        template(poster.template).lay(stage)
        mark(stage)
    own = {layer.id: layer for layer in poster.layers}
    layers = [own.pop(layer.id, layer) for layer in stage.layers]
    return tuple(
        changed(_cut(layer, stage), poster.changes.get(layer.id, UNCHANGED), board.name, families)
        for layer in ordered([*layers, *own.values()], poster.order)
    )


def _cut(layer: Layer, stage: Stage) -> Layer:
    """Keep a photo's background where its people make no cutout."""
    cut = isinstance(layer, Photo) and layer.cutout and stage.subjects
    if cut and isinstance(layer, Photo) and stage.subject(layer.portrait).alpha is None:
        return layer.model_copy(update={"cutout": False})
    return layer
