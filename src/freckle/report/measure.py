"""Measure what a retouch did, face by face."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final, Protocol, get_args

import cv2
import numpy as np

from freckle.analysis.portrait import Person, Portrait
from freckle.analysis.regions import Region
from freckle.analysis.scene import Scene
from freckle.analysis.spot import Kind
from freckle.geometry import Box
from freckle.ops.catalogue import BY_NAME
from freckle.photo import Photo
from freckle.pixels.color import Floats
from freckle.pixels.filters import shrink
from freckle.recipe.limits import limits_of
from freckle.recipe.recipe import Recipe
from freckle.render.clean import Cleaned
from freckle.render.deeds import Deed
from freckle.report import skin
from freckle.report.changes import changes
from freckle.report.disclosure import disclosure
from freckle.report.figures import (
    Band,
    Blotch,
    Count,
    FaceFigures,
    Mark,
    Report,
    Stop,
    Strongest,
    Texture,
    Tone,
)
from freckle.report.notices import notices, unpainted
from freckle.report.places import place_name, region_name

AROUND_HEALED: Final = 2.5
"""Radii around a healed mark that the skin's figures leave out."""


class Done(Protocol):
    """What a renderer hands over for one person."""

    @property
    def person(self) -> Person:
        """Who; `person.scene` is the face before healing."""

    @property
    def scene(self) -> Scene:
        """The face after healing."""

    @property
    def after(self) -> Floats:
        """The frame after everything, in CIELAB."""

    @property
    def deeds(self) -> Sequence[Deed]:
        """What each tool did."""


def report_of(
    photo: Photo,
    portrait: Portrait,
    recipe: Recipe,
    done: Iterable[Done],
    whole: Iterable[Deed] = (),
    cleaned: Cleaned | None = None,
) -> Report:
    """Measure every face of a photo, in the portrait's order.

    `whole` is what was done to the whole picture afterward, `cleaned` to its ground.
    """
    by_key = {each.person.key: each for each in done}
    whole = list(whole)
    faces = []
    for person in portrait.people:
        each = by_key.get(person.key)
        if each is None:
            faces.append(untouched(person, photo))
        else:
            after = _gray(person, each.after) if photo.source.gray else each.after
            figures = measure(person, each.scene, after, photo)
            faces.append(
                replace(figures, changed=changes(each.deeds), unpainted=unpainted(each, recipe))
            )
    return Report(
        width=photo.width,
        height=photo.height,
        digest=photo.source.digest,
        natural_lock=recipe.locks.natural,
        skin_tone_lock=recipe.locks.skin_tone,
        stopped=stops(recipe),
        faces=tuple(
            replace(figures, verdict=person.verdict)
            for figures, person in zip(faces, portrait.people, strict=True)
        ),
        changed=changes(whole),
        notices=notices(portrait, recipe, by_key.values()),
        cleaned=cleaned,
        disclosure=disclosure(
            [*(deed for each in by_key.values() for deed in each.deeds), *whole],
            cleaned=cleaned is not None,
        ),
        recipe=recipe.model_dump(mode="json"),
    )


def _gray(person: Person, after: Floats) -> Floats:
    """Leave changes of color out: a gray photo is written without them."""
    before = person.scene.frame.lab
    return np.dstack([after[..., :1], before[..., 1:]])


def measure(person: Person, scene: Scene, after: Floats, photo: Photo) -> FaceFigures:
    """Compare a face's frame before healing with its frame after everything (CIELAB)."""
    before = person.scene.frame.lab
    marks = marks_of(scene)
    strongest = _strongest(scene, before, after)
    texture, tone, blotch = _skin_figures(person, scene, after)
    return FaceFigures(
        key=person.key,
        box=_box(person, photo),
        retouched=strongest is not None,
        texture=texture,
        tone=tone,
        blotch=blotch,
        counts=_counts(marks),
        healed=tuple(mark for mark in marks if mark.healed),
        kept=tuple(mark for mark in marks if not mark.healed),
        strongest=strongest,
    )


def untouched(person: Person, photo: Photo) -> FaceFigures:
    """Return the figures of a face that was left alone; its marks were not looked for."""
    return FaceFigures(
        key=person.key,
        box=_box(person, photo),
        retouched=False,
        texture=Texture(100.0, 100.0, None, 1.0, tuple(Band(s, 1.0) for s in skin.BANDS)),
        tone=Tone(0.0, 0.0, 0.0),
        blotch=Blotch(1.0, 1.0, 0.0),
        counts=_counts(()),
        healed=(),
        kept=(),
        strongest=None,
    )


def stops(recipe: Recipe) -> tuple[Stop, ...]:
    """Return the sliders that the natural lock stops, in the recipe's order."""
    if not recipe.locks.natural:
        return ()
    found = []
    for step in recipe.steps:
        op = BY_NAME[step.edit.op]
        for name, (floor, cap) in limits_of(op.params).items():
            asked = float(getattr(step.edit, name))
            held = min(max(asked, floor), cap)
            if held != asked:
                found.append(Stop(op.name, name, op.label, asked, held))
    return tuple(found)


def marks_of(scene: Scene) -> tuple[Mark, ...]:
    """Return the marks of a face in pixels of the upright photo, strongest first."""
    if not scene.spots:
        return ()
    to_photo = scene.frame.to_photo
    places = to_photo(np.array([[spot.x, spot.y] for spot in scene.spots], np.float32))
    return tuple(
        Mark(
            kind=spot.kind,
            x=round(float(x), 1),
            y=round(float(y), 1),
            radius=round(spot.radius * to_photo.scale, 2),
            confidence=round(spot.confidence, 3),
            healed=k in scene.healed,
        )
        for k, (spot, (x, y)) in enumerate(zip(scene.spots, places, strict=True))
    )


def _skin_figures(person: Person, scene: Scene, after: Floats) -> tuple[Texture, Tone, Blotch]:
    before = person.scene.frame.lab
    width = face_width(person)
    height, size = scene.frame.size
    box = scene.regions.bounds(Region.SKIN).grow(round(0.02 * scene.unit)).clip(size, height)
    if box.empty:
        return Texture(None, None, None, None, ()), Tone(None, None, None), Blotch(None, None, None)
    chosen = measuring_skin(scene)[box.slices]
    old, new = before[box.slices], after[box.slices]
    light = np.ascontiguousarray(old[..., 0]), np.ascontiguousarray(new[..., 0])
    high = skin.fine(*light, width)
    patches, shares = skin.kept(*high, chosen, width)
    texture = Texture(
        *_headline(patches, shares, scene, box, width),
        honesty=_rounded(skin.honesty(*high, chosen), 4),
        bands=tuple(
            Band(each.sigma, _rounded(each.energy, 4)) for each in skin.bands(*light, chosen, width)
        ),
    )
    return texture, *_colors(old, new, chosen, width)


def _colors(old: Floats, new: Floats, chosen: skin.Bools, width: float) -> tuple[Tone, Blotch]:
    # both are figures of broad things: half the pixels each way say the same
    small = [shrink(np.ascontiguousarray(x), 2) for x in (old, new)]
    mask = shrink(chosen.astype(np.float32), 2) > 0.5
    tone = skin.tone(small[0], small[1], mask)
    blotch = skin.blotch(small[0], small[1], mask, width / 2)
    return (
        Tone(*(_rounded(x, 2) for x in (tone.lightness, tone.hue, tone.ita))),
        Blotch(_rounded(blotch.a, 3), _rounded(blotch.b, 3), _rounded(blotch.reduction, 1)),
    )


def _headline(
    patches: Floats, shares: Floats, scene: Scene, box: Box, width: float
) -> tuple[float | None, float | None, str | None]:
    """Return percent kept over all patches, in the worst one, and the worst one's name."""
    total = float(shares.sum())
    if total == 0:
        return None, None, None
    mean = float((patches * shares).sum()) / total
    worst = np.where(shares > 0.5, patches, 1.0)
    row, column = np.unravel_index(int(worst.argmin()), worst.shape)
    side = max(4, round(skin.PATCH * width))
    x, y = box.left + (int(column) + 0.5) * side, box.top + (int(row) + 0.5) * side
    least = round(100 * float(worst[row, column]), 1)
    return round(100 * mean, 1), least, region_name(scene, x, y) if least < 100 else None


def measuring_skin(scene: Scene) -> skin.Bools:
    """Return the skin of the face outside healed marks, at the frame's size."""
    mask = scene.regions.small(Region.SKIN).copy()
    step = scene.regions.factor
    for k in scene.healed:
        spot = scene.spots[k]
        center = round(spot.x / step - 0.5), round(spot.y / step - 0.5)
        cv2.circle(mask, center, int(np.ceil(AROUND_HEALED * spot.radius / step)), 0.0, -1)
    height, width = scene.frame.size
    large = cv2.resize(mask, (width, height), interpolation=cv2.INTER_NEAREST)
    return np.asarray(large > 0.5)


def face_width(person: Person) -> float:
    """Return the horizontal extent of the face's oval, in pixels of its frame."""
    face, unit = person.face, person.scene.frame.unit
    return max(face.width * unit / max(face.scale, 1.0), 1.0)


def _strongest(scene: Scene, before: Floats, after: Floats) -> Strongest | None:
    change = shrink(after, 2) - shrink(before, 2)
    distance = np.sqrt(np.einsum("ijk,ijk->ij", change, change))
    row, column = np.unravel_index(int(distance.argmax()), distance.shape)
    if distance[row, column] == 0:
        return None
    place = np.array([[2 * int(column) + 1, 2 * int(row) + 1]], np.float32)
    x, y = scene.frame.to_photo(place)[0].tolist()
    return Strongest(
        x=round(x, 1),
        y=round(y, 1),
        delta_e=round(float(distance[row, column]), 2),
        where=place_name(scene, float(place[0, 0]), float(place[0, 1])),
    )


def _counts(marks: Iterable[Mark]) -> dict[Kind, Count]:
    kinds: tuple[Kind, ...] = get_args(Kind)
    listed = list(marks)
    return {
        kind: Count(
            healed=sum(mark.healed for mark in listed if mark.kind == kind),
            kept=sum(not mark.healed for mark in listed if mark.kind == kind),
        )
        for kind in kinds
    }


def _box(person: Person, photo: Photo) -> tuple[int, int, int, int]:
    box = person.face.box.clip(photo.width, photo.height)
    return box.left, box.top, box.width, box.height


def _rounded(value: float | None, digits: int) -> float | None:
    return None if value is None else round(value, digits)
