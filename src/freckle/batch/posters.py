"""The kind of job that makes one poster of many: a row of a table, in a worker process."""

import json
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from freckle.codec import load_bytes
from freckle.jobs.job import Job, as_json
from freckle.jobs.kinds import Context, Kind
from freckle.jobs.places import Input, Place
from freckle.jobs.protocol import Message
from freckle.poster.design import Poster
from freckle.poster.legibility import sentences
from freckle.poster.making import boards, lay
from freckle.poster.output import Output, content_of
from freckle.poster.pdf import Print
from freckle.poster.portraits import subject_of
from freckle.poster.subject import Subject
from freckle.recipe.sources import recipe_of


def job_of(
    poster: Poster, targets: list[Path], how: Output, profile: Path | None, number: int
) -> Job:
    """Return the job that makes a poster in its sizes, a target for each.

    `profile` is the file that `how` has its CMYK profile from.
    """
    files = [*(Path(each.photo) for each in poster.portraits), *([profile] if profile else [])]
    head = {
        "poster": poster.model_dump(mode="json"),
        "targets": [str(target) for target in targets],
        "dpi": how.dpi,
        "quality": how.quality,
        "marks": how.print.marks,
        "limit": how.print.limit,
        "inked": profile is not None,
    }
    inputs = tuple(Input(Place(str(path))) for path in files)
    return Job(str(number), "poster", head, inputs)


def make(job: Job, context: Context) -> Message:
    """Make a poster; the answer tells what is hard to read."""
    head = job.head
    poster = Poster.read(head["poster"])
    given = list(job.inputs)
    profile = given.pop().read() if head["inked"] else None
    how = Output(Print(profile, head["marks"], head["limit"]), head["dpi"], head["quality"])
    pairs = zip(given, poster.portraits, strict=True)
    subjects = [_subject(one.read(), as_json(portrait.recipe)) for one, portrait in pairs]
    context.progress(0.4)
    notes = []
    for board, target in zip(boards(poster), head["targets"], strict=True):
        laid = lay(poster, subjects, board)
        Place(target).write(content_of(laid, Path(target), how))
        notes += sentences(laid)
    return Message({"notes": notes})


@lru_cache(2)
def _subject(data: bytes, recipe: str) -> Subject:
    """Return a portrait; rows that share one find it as it was."""
    plain: dict[str, Any] | None = json.loads(recipe)
    return subject_of(load_bytes(data), None if plain is None else recipe_of(plain))


KINDS: Final[dict[str, Kind]] = {"poster": make}
WHERE: Final = "freckle.batch.posters:KINDS"
"""As engines are told it."""
