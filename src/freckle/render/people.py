"""The people's alpha in a finished picture: as painted by hand, reshaped, in its frame and size."""

import cv2

from freckle.analysis.portrait import Portrait
from freckle.codec.channels import as_pixels
from freckle.geometry import Box
from freckle.photo import Photo, Pixels
from freckle.recipe.recipe import Recipe
from freckle.render.frame import framed
from freckle.render.hand import ByHand
from freckle.render.pipeline import Pipeline


def people_in(photo: Photo, portrait: Portrait, recipe: Recipe, done: Photo) -> Pixels:
    """Return the people's alpha (height × width, 0..65535) in what a recipe made of a photo."""
    pipeline = Pipeline(photo, lambda: portrait)
    plan = pipeline.plan(recipe)
    alpha = pipeline.cut_out(plan, max(photo.width, photo.height))
    if not plan.framing.keeps_all:
        alpha = framed(alpha, plan.framing, Box(0, 0, photo.width, photo.height))
    if alpha.shape != (done.height, done.width):
        size = done.width, done.height
        alpha = as_pixels(cv2.resize(alpha, size, interpolation=cv2.INTER_LINEAR))
    return alpha


def people_by_hand(photo: Photo, portrait: Portrait, recipe: Recipe, done: Photo) -> Pixels | None:
    """Return the same where a recipe says by hand who is cut out; None where it does not."""
    painted = ByHand.of(recipe, portrait).matte
    return people_in(photo, portrait, recipe, done) if painted else None
