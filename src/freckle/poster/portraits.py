"""The photos of a poster, retouched by their own recipes as the poster is drawn."""

from freckle.analysis.portrait import analyze
from freckle.photo import Photo
from freckle.poster.subject import Subject
from freckle.recipe.recipe import Recipe
from freckle.render.enlarge import delivered
from freckle.render.render import render


def subject_of(photo: Photo, recipe: Recipe | None = None) -> Subject:
    """Return a photo as a poster shows it: retouched, cropped and cut out as its recipe says."""
    if recipe is None or recipe.neutral:
        return Subject.of(photo)
    portrait = analyze(photo)
    done = render(photo, portrait, recipe)
    return Subject.made(photo, portrait, recipe, delivered(done.photo, recipe))
