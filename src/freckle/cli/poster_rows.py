"""`freckle poster --csv`: a poster for every row of a table, in several processes at once."""

from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from freckle.batch.posters import WHERE, job_of
from freckle.cli.exits import INPUT, OK
from freckle.cli.parser import Arguments
from freckle.cli.terminal import note
from freckle.codec.files import read_file
from freckle.errors import FreckleError
from freckle.jobs.engines import engine
from freckle.jobs.job import Engine, Ticket
from freckle.poster.design import Portrait, Poster
from freckle.poster.making import boards
from freckle.poster.output import Output
from freckle.poster.rows import Row, rows
from freckle.recipe.recipe import Recipe

Check = Callable[[Poster, list[Path]], None]
"""Refuses targets that are inputs."""


@dataclass(frozen=True, slots=True)
class Begun:
    """A row on its way, or why it is left out."""

    number: int
    targets: list[Path]
    ticket: Ticket | None = None
    reason: str = ""


def targets_of(poster: Poster, target: Path) -> list[Path]:
    """Return where a poster's sizes are written: the size in the name where there are several."""
    sizes = boards(poster)
    if len(sizes) == 1:
        return [target]
    return [target.with_stem(f"{target.stem}-{board.name}") for board in sizes]


@dataclass(frozen=True, slots=True)
class Table:
    """What all rows share."""

    arguments: Arguments
    base: Poster
    how: Output
    recipe: Recipe | None
    check: Check


def all_rows(wanted: Table) -> int:
    """Write a poster for every row; a bad one is listed and the others go on."""
    arguments = wanted.arguments
    listed = rows(read_file(arguments.csv).decode("utf-8-sig", "replace"))
    bad = 0
    workers = min(arguments.jobs, len(listed)) if arguments.jobs else None
    with closing(engine("local", WHERE, workers=workers)) as started:
        # all are handed in before the first is waited for
        for row in list(_begun(wanted, listed, started)):
            bad += not _ended(row, quiet=arguments.quiet)
    if bad:
        note(f"{bad} of {len(listed)} rows were left out.")
    return INPUT if bad else OK


def _begun(wanted: Table, listed: list[Row], started: Engine) -> Iterator[Begun]:
    digits = max(3, len(str(len(listed))))
    out: Path = wanted.arguments.output
    for place, row in enumerate(listed, 1):
        try:
            poster = _poster(wanted, row)
            targets = targets_of(poster, out.with_stem(f"{out.stem}-{place:0{digits}d}"))
            wanted.check(poster, targets)
            whole = [target.absolute() for target in targets]
            job = job_of(poster, whole, wanted.how, wanted.arguments.cmyk, row.number)
            yield Begun(row.number, targets, started.submit(job))
        except FreckleError as error:
            yield Begun(row.number, [], reason=str(error))


def _poster(wanted: Table, row: Row) -> Poster:
    base, recipe = wanted.base, wanted.recipe
    changed: dict[str, Any] = {"content": row.over(base.content)}
    if row.portrait is not None:
        photo = str(wanted.arguments.csv.absolute().parent / row.portrait)
        first = base.portraits[0] if base.portraits else Portrait()
        plain = first.recipe if recipe is None else recipe.model_dump(mode="json")
        changed["portraits"] = (Portrait(photo=photo, recipe=plain),)
    return base.model_copy(update=changed)


def _ended(row: Begun, *, quiet: bool) -> bool:
    """Wait for a row and say what came of it; whether it was written."""
    if row.ticket is None:
        note(f"Row {row.number}: {row.reason}")
        return False
    try:
        answer = row.ticket.result()
    except FreckleError as error:
        note(f"Row {row.number}: {error}")
        return False
    for sentence in answer.head["notes"]:
        note(f"Row {row.number}: {sentence}")
    if not quiet:
        print(*row.targets, sep="\n")
    return True
