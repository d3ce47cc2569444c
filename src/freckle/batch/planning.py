"""Plan a set before any work: who is who, what they agreed to, their usual color, their marks."""

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from typing import Any, Final

import numpy as np

from freckle.batch.sources import Source
from freckle.errors import FreckleError, OutputError
from freckle.jobs.job import Engine, Job
from freckle.jobs.places import Input
from freckle.sets.groups import grouped
from freckle.sets.roster import CONSENTS, Consent, Roster
from freckle.sets.slates import Shown, Slates, with_slates
from freckle.sets.tones import shares_of, target_of
from freckle.vision.people import identifier

EXTRA: Final = "pip install 'freckle[people]', or name everybody in a roster."
UNKNOWN: Final = "person-{number:03d}"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a plan is to hold."""

    roster: Roster | None = None
    match: bool = False
    """One color of skin for each person."""
    decided: bool = False
    """Marks decided in one photo of a person hold in all."""
    contact: bool = False
    """A contact sheet is wanted."""

    @property
    def looks(self) -> bool:
        """Whether the photos must be looked at before."""
        return self.match or self.decided or self.contact or self.slates

    @property
    def slates(self) -> bool:
        """Whether the roster knows people by the codes of slates."""
        return self.roster is not None and bool(self.roster.slates)


@dataclass(slots=True)
class Seen:
    """One face of one photo."""

    source: Source
    number: int
    """Of the photo in the set."""
    face: dict[str, Any]
    person: str = ""


@dataclass(slots=True)
class Looked:
    """What was seen in a set."""

    faces: list[Seen]
    prints: dict[str, str]
    thumbs: dict[str, bytes]
    failed: list[str]
    codes: dict[str, list[str]] = field(default_factory=dict)
    """Texts of QR codes."""

    def of(self, source: Source) -> list[Seen]:
        """Return the faces of a photo."""
        return [seen for seen in self.faces if seen.source.id == source.id]


def looked(
    sources: Sequence[Source],
    engine: Engine,
    wanted: Wanted,
    flips: Callable[[Source], Sequence[Any]],
    hear: Callable[[], None],
) -> Looked:
    """Look at all photos; one that cannot be opened is left to the work, which says why."""
    found = Looked([], {}, {}, [])

    def one(source: Source) -> Any:
        head = {"flips": list(flips(source)), "thumb": wanted.contact, "codes": wanted.slates}
        job = Job(source.id, "look", head, (Input(source.place),), source.size)
        try:
            return engine.submit(job).result()
        except FreckleError:
            return None

    with ThreadPoolExecutor(engine.capacity, thread_name_prefix="look") as pool:
        for number, (source, answer) in enumerate(
            zip(sources, pool.map(one, sources), strict=True)
        ):
            hear()
            if answer is None:
                found.failed.append(source.id)
                continue
            found.prints[source.id] = answer.head["print"]
            found.thumbs[source.id] = answer.body
            found.codes[source.id] = answer.head["codes"]
            found.faces += [Seen(source, number, face) for face in answer.head["faces"]]
    return found


def slates_of(sources: Sequence[Source], roster: Roster, found: Looked) -> Slates:
    """Say which photos are slates, and whose the others are by them. Raises `RecipeError`."""
    shown = (
        Shown(one.name, one.folder, found.codes.get(one.id, []), len(found.of(one)))
        for one in sources
    )
    return with_slates(roster, shown)


def name_people(found: Looked, roster: Roster | None) -> None:
    """Give every face its person: by likeness, where the network is here; by the roster's rows.

    Raises `OutputError` where there is neither.
    """
    if identifier() is not None:
        vectors = np.array([seen.face["vector"] for seen in found.faces], np.float32)
        numbers = grouped(vectors, [seen.number for seen in found.faces])
        groups = [UNKNOWN.format(number=number + 1) for number in numbers]
    elif roster is not None:
        groups = ["" for _ in found.faces]
    else:
        raise OutputError("Nothing here tells people apart.", EXTRA)
    votes: dict[str, set[str]] = defaultdict(set)
    for seen, group in zip(found.faces, groups, strict=True):
        own = _listed_name(seen, found, roster)
        seen.person = own or group
        if own and group:
            votes[group].add(own)
    for seen, group in zip(found.faces, groups, strict=True):
        if seen.person == group and len(votes[group]) == 1:  # two names: nobody knows
            (seen.person,) = votes[group]


def _listed_name(seen: Seen, found: Looked, roster: Roster | None) -> str:
    """Return who a roster's row says this face is; nothing where that is not sure."""
    rows = () if roster is None else roster.of(seen.source.name, seen.source.folder)
    beside = found.of(seen.source)
    number = beside.index(seen) + 1
    for row in rows:
        if row.face == number or (row.face is None and len(rows) == len(beside) == 1):
            return row.name
    return ""


def planned(sources: Iterable[Source], wanted: Wanted, found: Looked | None) -> list[Source]:
    """Return the photos with their plans."""
    targets = _targets(found) if found and wanted.match else {}
    marks = _marks(found) if found and wanted.decided else {}
    strict = _consents(found, wanted.roster) if found and wanted.roster else {}
    made = []
    for source in sources:
        faces = found.of(source) if found else []
        plan: dict[str, Any] = {}
        if wanted.roster is not None:
            plan |= _agreement(source, faces, wanted.roster, strict)
        tones = [
            {"key": seen.face["key"], "color": seen.face["color"], "target": targets[seen.person]}
            for seen in faces
            if seen.person in targets
        ]
        own = [
            {"key": seen.face["key"], "place": mark[:2], "action": mark[2], "radius": mark[3]}
            for seen in faces
            for origin, mark in marks.get(seen.person, ())
            if origin != source.id
        ]
        plan |= {"tones": tones} if tones else {}
        plan |= {"marks": own} if own else {}
        text = json.dumps(plan, sort_keys=True, separators=(",", ":")) if plan else ""
        person, output = _called(source, faces, wanted.roster)
        made.append(replace(source, plan=text, person=person, output=output))
    return made


def _called(source: Source, faces: Sequence[Seen], roster: Roster | None) -> tuple[str, str]:
    """Return who a photo shows and what its result is called."""
    rows = () if roster is None else roster.of(source.name, source.folder)
    names = [row.name for row in rows] or [seen.person for seen in faces]
    output = next((row.output for row in rows if row.output), "")
    return " + ".join(dict.fromkeys(filter(None, names))), output


def _agreement(
    source: Source, faces: Sequence[Seen], roster: Roster, strict: dict[str, str]
) -> dict[str, Any]:
    rows = [row.to_plain() for row in roster.of(source.name, source.folder)]
    named = [seen for seen in faces if seen.person in strict]
    if named:
        keyed = {seen.person for seen in named}
        rows = [row for row in rows if row["name"] not in keyed]
        rows += [
            {"key": seen.face["key"], "name": seen.person, "consent": strict[seen.person]}
            for seen in named
        ]
    return {"rows": rows, "unlisted": roster.unlisted}


def _consents(found: Looked, roster: Roster) -> dict[str, str]:
    """Return what holds for each person: the strictest of what their rows say."""
    said: dict[str, set[Consent]] = defaultdict(set)
    for rows in (*roster.rows.values(), *roster.slates.values()):
        for row in rows:
            said[row.name].add(row.consent)
    for name, row in roster.people.items():
        said[name].add(row.consent)
    here = {seen.person for seen in found.faces}
    return {name: min(each, key=CONSENTS.index) for name, each in said.items() if name in here}


def _targets(found: Looked) -> dict[str, Any]:
    """Return everybody's usual color who is in more than one photo."""
    colors: dict[str, list[Any]] = defaultdict(list)
    for seen in found.faces:
        if seen.person:
            colors[seen.person].append(shares_of(seen.face["color"]))
    return {name: target_of(each) for name, each in colors.items() if len(each) > 1}


def _marks(found: Looked) -> dict[str, list[tuple[str, Any]]]:
    """Return what was decided of each person's marks, and in which photo."""
    marks: dict[str, list[tuple[str, Any]]] = defaultdict(list)
    for seen in found.faces:
        if seen.person:
            marks[seen.person] += [(seen.source.id, mark) for mark in seen.face["marks"]]
    return marks
