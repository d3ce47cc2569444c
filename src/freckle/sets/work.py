"""The kinds of jobs that sets need: looking, measuring heads, making head-shots that match."""

from pathlib import Path
from typing import Final

from freckle.analysis.portrait import Person
from freckle.api.photos import OpenedPhoto
from freckle.api.retouching import retouched
from freckle.codec import SaveOptions, encode
from freckle.codec.saving import chosen_format
from freckle.errors import OutputError
from freckle.jobs.job import Job
from freckle.jobs.kinds import Context, Kind
from freckle.jobs.places import Place
from freckle.jobs.protocol import Message
from freckle.recipe.recipe import Recipe
from freckle.recipe.selection import Selection
from freckle.sets.looking import look
from freckle.sets.matching import Shape, least_share, matched, measured
from freckle.sets.opened import opened

WHERE: Final = "freckle.sets.work:KINDS"
"""As engines are told it."""


def measure(job: Job, context: Context) -> Message:
    """Say how large a share of the height the head of a photo needs at least."""
    photo = opened(job, context)
    head = measured(main_person(photo))
    share = least_share(head, Shape(**job.head["shape"]), (photo.width, photo.height))
    return Message({"share": share})


def headshot(job: Job, context: Context) -> Message:
    """Retouch a photo as a recipe says, and write it as a head-shot."""
    photo = opened(job, context)
    shape, target = Shape(**job.head["shape"]), Place(**job.head["target"])
    recipe = Recipe.parse(job.head["recipe"].encode())
    head = measured(main_person(photo))
    result = retouched(photo, recipe, Selection())
    if result.before.pixels.shape[:2] != result.content.pixels.shape[:2] or (
        result.content.width,
        result.content.height,
    ) != (photo.width, photo.height):
        raise OutputError("The recipe crops or enlarges.", "Leave crop and upscale out of it.")
    alpha = photo.portrait.matte.alpha if job.head["filled"] else None
    made = matched(result.content, head, shape, alpha)
    path = Path(target.path or target.key or "")
    options = SaveOptions(format=job.head["format"], quality=job.head["quality"])
    kind = chosen_format(made, path, options)
    target.write(encode(made, SaveOptions(format=kind, quality=options.quality)))
    return Message({"summary": result.summary, "roll": round(main_person(photo).face.pose.roll, 2)})


def main_person(photo: OpenedPhoto) -> Person:
    """Return whose head-shot it is: the largest face that is surely one. Raises `OutputError`."""
    people = [person for person in photo.portrait.people if person.editable]
    if not people:
        raise OutputError("No face was found in the photo.", "Leave it out.")
    return people[0]


KINDS: Final[dict[str, Kind]] = {"look": look, "measure": measure, "headshot": headshot}
