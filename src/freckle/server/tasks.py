"""What a worker can be asked to do with an opened photo."""

import base64
import time
from collections.abc import Callable, Mapping
from dataclasses import asdict
from typing import Any, Final

from freckle.analysis.portrait import analyze
from freckle.api.photos import from_array
from freckle.codec import load_bytes
from freckle.jobs.protocol import Message
from freckle.looks.beards import Beards
from freckle.looks.drift import skins_of
from freckle.looks.ground import plain_ground
from freckle.looks.reference.direction import Direction, lent
from freckle.looks.sitter import Sitter
from freckle.looks.skin_tone import settled
from freckle.ops.catalogue import BY_NAME
from freckle.ops.op import Canvas
from freckle.recipe.recipe import Recipe, in_order
from freckle.render.bitmaps import pack
from freckle.render.enlarge import delivered_size
from freckle.render.painting import Stopped
from freckle.render.pyramid import View
from freckle.server.export_task import export, look_at
from freckle.server.post_task import post
from freckle.server.posting import poster_export, poster_file, poster_layout, poster_preview
from freckle.server.sharing.drawing import shown
from freckle.sets.guides import Guide
from freckle.sets.keeping import in_picture, in_plan, looked_at
from freckle.sets.looking import glanced
from freckle.studio.drawing import patch
from freckle.studio.screen import FINE, Screen, jpeg, png
from freckle.studio.studio import Studio

Head = Mapping[str, Any]
GivenUp = Callable[[], bool]
THUMB_QUALITY: Final = 85
LOOKED_AT: Final = 1200
"""Pixels of the longer side on which heads and grounds are measured."""
HDR: Final = (
    "The photo is an HDR one; a JPEG of it stays HDR, other formats and another background do not."
)


def facts(studio: Studio, _head: Head, _given_up: GivenUp) -> Message:
    """Say what the file is, and what its exports will not have."""
    facts, photo = studio.facts(), studio.photo
    told = photo.dropped if photo.gain is None else (*photo.dropped, HDR)
    return Message({**facts, "warnings": [*facts["warnings"], *told]})


def analysis(studio: Studio, head: Head, given_up: GivenUp) -> Message:
    """Say who is in the photo; if asked for quickly, without their marks; or a part of a crowd."""
    quick, known = head.get("quick", False), head.get("known")
    return Message({"analysis": studio.analysis(given_up, quick=quick, known=known)})


def glance(studio: Studio, _head: Head, _given_up: GivenUp) -> Message:
    """Say what suggestions for a set need to know of the photo."""
    return Message({"seen": glanced(studio.photo, studio.portrait)})


def spot(studio: Studio, head: Head, _given_up: GivenUp) -> Message:
    """Say how large the spot is where somebody points."""
    return Message({"spot": studio.spot(head["x"], head["y"])})


def preview(studio: Studio, head: Head, given_up: GivenUp) -> Message:
    """Draw a view as JPEG, with the times it took in ms; if asked, the original in the same frame.

    With `patch`, only that part of it which differs from the frame that the screen shows. The
    `first` picture of a cut-out may be a `rough` one: the fine one takes seconds.
    """
    view, rough = View(**head["view"]), False
    if head.get("original"):
        drawing = studio.original(view, _frame(head))
    else:
        recipe = _recipe(head)
        rough = head.get("first", False) and studio.rough(recipe)
        drawing = studio.draw(recipe, view, given_up, quick=rough or head.get("quick", False))
        if head.get("patch"):
            drawing = patch(drawing, *head["patch"])
    drawn = time.perf_counter()
    quality = head["quality"]
    body = jpeg(drawing.screen, quality, sharp=drawing.full_size and quality >= FINE)
    height, width = drawing.screen.shape[:2]
    return Message(
        {
            "region": drawing.region,
            "width": width,
            "height": height,
            "patch": drawing.is_patch,
            "rough": rough,
            "ground": drawing.ground,
            "changed": drawing.changed,
            "work_ms": drawing.work_ms,
            "base_ms": drawing.base_ms,
            "draw_ms": drawing.draw_ms,
            "encode_ms": (time.perf_counter() - drawn) * 1000,
        },
        body,
    )


def thumb(studio: Studio, head: Head, given_up: GivenUp) -> Message:
    """Draw the whole picture with its longer side at `size`, the photo where no recipe is given."""
    recipe = _recipe(head) if head.get("recipe") else None
    return Message({}, jpeg(_small(studio, recipe, head["size"], given_up), THUMB_QUALITY))


def style(studio: Studio, head: Head, given_up: GivenUp) -> Message:
    """Say which rules of a style guide the finished picture of a recipe breaks."""
    recipe, guide = _recipe(head), Guide.model_validate(head["guide"])
    size = delivered_size(recipe, studio.framing(recipe).size)
    found = in_plan(size, recipe, guide)
    if looked_at(guide):
        found += in_picture(from_array(_small(studio, recipe, LOOKED_AT, given_up)), guide)
    return Message({"breaches": [asdict(each) for each in found]})


def _small(studio: Studio, recipe: Recipe | None, size: int, given_up: GivenUp) -> Screen:
    """Draw the whole finished picture with its longer side at `size` at most."""
    width, height = studio.framing(recipe).size
    scale = min(1.0, size / max(width, height))
    view = View(0, 0, width, height, max(1, round(width * scale)), max(1, round(height * scale)))
    return (studio.draw(recipe, view, given_up) if recipe else studio.original(view)).screen


def look(studio: Studio, head: Head, given_up: GivenUp) -> Message:
    """Draw a recipe as `thumb` does, and say how far it moves the skin of whoever it moves most."""
    recipe = _recipe(head)
    screen = _small(studio, recipe, head["size"], given_up)
    people = studio.drift(recipe, screen)
    most = max(people, key=lambda one: abs(one.ita or 0), default=None)
    told = {"drift": None if most is None else asdict(most)}
    return Message(told, jpeg(screen, THUMB_QUALITY))


def skins(studio: Studio, _head: Head, _given_up: GivenUp) -> Message:
    """Say what looks need to know of a photo: skins, what is behind them, how it looks small."""
    portrait = studio.portrait
    width, height, held = Sitter.of(studio.photo, portrait).packed()
    plain = plain_ground(portrait)
    beards = asdict(Beards.of(portrait))
    known = {"skins": list(skins_of(portrait)), "plain": plain, "beards": beards}
    head = {**known, "size": [width, height]}
    return Message(head, held)


def settle(studio: Studio, head: Head, given_up: GivenUp) -> Message:
    """Return looks under which the lit skin of the photo's people keeps its tone."""
    found = []
    for plain in head["looks"]:
        if given_up():
            raise Stopped
        look = Recipe.from_plain(plain)
        steps = in_order(settled(look.steps, studio.proof.measure))
        found.append(look.model_copy(update={"steps": steps}).model_dump(mode="json"))
    return Message({"looks": found})


def lend(studio: Studio, head: Head, _given_up: GivenUp) -> Message:
    """Return what a reference picture lends, as a recipe; decoded here, in the worker's limits."""
    photo = load_bytes(base64.b64decode(head["picture"]))
    direction = Direction(**head["direction"])
    recipe = lent((studio.photo, studio.portrait), (photo, analyze(photo)), direction)
    return Message({"recipe": recipe.model_dump(mode="json")})


def preset(studio: Studio, head: Head, _given_up: GivenUp) -> Message:
    """Draw a recipe small, on the face."""
    return Message({}, jpeg(studio.preset(_recipe(head), head["size"]), THUMB_QUALITY))


def report(studio: Studio, head: Head, given_up: GivenUp) -> Message:
    """Say in numbers what a recipe changes."""
    return Message({"report": studio.report(_recipe(head), given_up)})


def heatmap(studio: Studio, head: Head, _given_up: GivenUp) -> Message:
    """Draw where a recipe changes the photo, as PNG."""
    return Message({}, png(studio.heatmap(_recipe(head), head["size"])))


def unsure(studio: Studio, head: Head, _given_up: GivenUp) -> Message:
    """Draw where the cut-out of a recipe is unsure, as PNG with transparency."""
    return Message({}, png(studio.unsure(_recipe(head), head["size"])))


def mask_export(studio: Studio, head: Head, _given_up: GivenUp) -> Message:
    """Draw where a step of a recipe works, as gray PNG."""
    return Message({}, studio.mask(_recipe(head), head["step"]))


def mask_import(_studio: Studio, head: Head, _given_up: GivenUp) -> Message:
    """Turn a PNG into a recipe's bitmap; decoded here, inside the worker's limits."""
    return Message({"bitmap": pack(base64.b64decode(head["png"]))})


def offer(studio: Studio, _head: Head, _given_up: GivenUp) -> Message:
    """Say what form the original has, which a download takes over."""
    return Message({"offer": studio.written()})


def _recipe(head: Head) -> Recipe:
    recipe = head["recipe"]
    return recipe if isinstance(recipe, Recipe) else Recipe.from_plain(recipe)


def _frame(head: Head) -> Recipe | None:
    """Return the steps that crop and turn the picture, if there are any."""
    recipe = _recipe(head)
    steps = [step for step in recipe.steps if isinstance(BY_NAME[step.edit.op], Canvas)]
    return Recipe(steps=tuple(steps)) if any(not step.idle for step in steps) else None


TASKS: Final[dict[str, Callable[[Studio, Head, GivenUp], Message]]] = {
    "facts": facts,
    "analysis": analysis,
    "glance": glance,
    "style": style,
    "spot": spot,
    "preview": preview,
    "thumb": thumb,
    "shown": shown,
    "look": look,
    "skins": skins,
    "lend": lend,
    "settle": settle,
    "preset": preset,
    "report": report,
    "heatmap": heatmap,
    "unsure": unsure,
    "mask_export": mask_export,
    "mask_import": mask_import,
    "offer": offer,
    "enlarged": look_at,
    "export": export,
    "post": post,
    "poster_preview": poster_preview,
    "poster_layout": poster_layout,
    "poster_export": poster_export,
    "poster_file": poster_file,
}
IN_PASSING: Final = frozenset({"glance", "style"})
"""Work after which a photo is closed: of two thousand, the one that is being edited stays open."""
