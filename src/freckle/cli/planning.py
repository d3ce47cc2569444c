"""What `freckle batch` decides before it begins: rosters, people, colors, the contact sheet."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from freckle.batch.names import SIDECAR
from freckle.batch.planning import Looked, Wanted, looked, name_people, planned, slates_of
from freckle.batch.sources import Source
from freckle.batch.suggestions import suggestions
from freckle.cli.parser import Arguments
from freckle.cli.terminal import note, say
from freckle.cli.throughput import Throughput
from freckle.disk import atomic_write, check_target, same_file
from freckle.errors import OutputError, RecipeError
from freckle.jobs.engines import engine
from freckle.recipe.recipe import Recipe
from freckle.sets.contact import Cell, contact
from freckle.sets.roster import Roster, roster_of
from freckle.sets.work import WHERE
from freckle.vision.people import identifier

LISTED: Final = 5
"""Names that a note lists."""


def with_plans(arguments: Arguments, sources: list[Source]) -> list[Source]:
    """Return the photos, less slates, with what was decided for each.

    Raises `RecipeError` or `OutputError`.
    """
    roster = None if arguments.roster is None else _roster(arguments, sources)
    wanted = Wanted(
        roster, arguments.match, arguments.decided, contact=arguments.contact is not None
    )
    if roster is None and not wanted.looks:
        return sources
    found = None
    if wanted.looks or (roster is not None and identifier() is not None):
        _check_contact(arguments, sources)
        found = _look(arguments, sources, wanted)
        if roster is not None and roster.slates:
            sources, roster = _without_slates(sources, roster, found)
            wanted = replace(wanted, roster=roster)
        if wanted.match or wanted.decided or roster or identifier() is not None:
            name_people(found, roster)
    made = planned(sources, wanted, found)
    if found is not None:
        _tell(arguments, made, found)
    return made


def _roster(arguments: Arguments, sources: Sequence[Source]) -> Roster:
    path: Path = arguments.roster
    try:
        data = path.read_bytes()
    except OSError as error:
        raise RecipeError(
            f"The roster {path.name!r} cannot be read ({error.strerror}).", "Check its name."
        ) from error
    roster = roster_of(data, unlisted=arguments.unlisted)
    lost = roster.strangers((source.name, source.folder) for source in sources)
    if lost:
        note(f"{len(lost)} files of the roster are not in the set: {_listed(lost)}")
    return roster


def _look(arguments: Arguments, sources: Sequence[Source], wanted: Wanted) -> Looked:
    """Look at all photos with the same workers that will do them."""
    progress = Throughput(len(sources), wanted=not arguments.quiet)
    workers, address = arguments.jobs, arguments.address
    started = engine(arguments.engine, WHERE, workers=workers, address=address)
    try:
        flips = _flips if wanted.decided else _none
        found = looked(sources, started, wanted, flips, lambda: progress.hear("done"))
    finally:
        started.close()
        progress.clear()
    return found


def _without_slates(
    sources: Sequence[Source], roster: Roster, found: Looked
) -> tuple[list[Source], Roster]:
    """Return the photos that are no slates, and whose they are by them; say what was read."""
    slates = slates_of(sources, roster, found)
    say(f"{len(slates.found)} slates read; they are no results.")
    unread = [sources[number].name for number in slates.unknown]
    if unread:
        note(f"Codes that no row has, or that cannot be read: {_listed(unread)}")
    lost = [code for code in roster.slates if code not in {*slates.found.values()}]
    if lost:
        note(f"Codes of the roster that are on no slate: {_listed(lost)}")
    left = {*slates.found, *slates.unknown}
    return [one for k, one in enumerate(sources) if k not in left], slates.roster


def _listed(names: Sequence[str]) -> str:
    return ", ".join(names[:LISTED]) + (", …" if len(names) > LISTED else "")


def _none(_source: Source) -> Sequence[Any]:
    return ()


def _flips(source: Source) -> Sequence[Any]:
    """Return the marks that the recipe beside a photo decides. Raises `RecipeError`."""
    path = source.place.path
    beside = None if path is None else Path(f"{path}{SIDECAR}")
    if beside is None or not beside.is_file():
        return ()
    return [flip.model_dump() for flip in Recipe.parse(beside.read_bytes()).flips]


def _check_contact(arguments: Arguments, sources: Sequence[Source]) -> None:
    path: Path | None = arguments.contact
    if path is None:
        return
    if path.suffix.lower() not in (".jpg", ".jpeg"):
        raise OutputError(f"{path.name[:80]!r} is no name for a sheet.", "End it in .jpg.")
    check_target(path)
    if any(source.place.path and same_file(path, Path(source.place.path)) for source in sources):
        raise OutputError(f"{path.name[:80]!r} is a photo of the set.", "Choose another name.")


def _tell(arguments: Arguments, sources: Sequence[Source], found: Looked) -> None:
    """Write the contact sheet, and say who and what was found."""
    said = suggestions(found)
    if arguments.contact is not None:
        groups: dict[str, list[Cell]] = defaultdict(list)
        for source in sources:
            words = said.get(source.id, [])
            if source.id in found.failed:
                words = ["cannot be opened"]
            groups[source.person].append((source.name, found.thumbs.get(source.id, b""), words))
        atomic_write(
            arguments.contact,
            contact(dict(sorted(groups.items(), key=lambda one: (not one[0], one[0])))),
        )
    if not arguments.quiet:
        people = {seen.person for seen in found.faces if seen.person}
        say(f"{len(found.faces)} faces of {len(people)} people; {len(said)} photos to look at.")
