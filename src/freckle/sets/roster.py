"""A roster: who is in which photo, what they agreed to, and what their results are called.

A CSV table with a header: `file`, `name` or `code` (of a slate's QR code) at least, `consent`,
`output`, `notes`, `face` (1 is the largest one of the photo). Separated by commas, semicolons or
tabs.
"""

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any, Final, Literal, get_args

from freckle.errors import RecipeError
from freckle.recipe.values import near

Consent = Literal["none", "skin", "makeup", "all"]
"""nothing changes; skin, light and color; makeup, too; everything, also shapes."""
CONSENTS: Final[tuple[Consent, ...]] = get_args(Consent)
COLUMNS: Final = ("file", "name", "consent", "output", "notes", "face", "code")
LARGEST: Final = 8_000_000
"""Bytes of a roster at most."""
MOST: Final = 100_000
"""Rows at most."""


@dataclass(frozen=True, slots=True)
class Listed:
    """One row: a person in a photo."""

    file: str
    name: str
    consent: Consent
    output: str = ""
    notes: str = ""
    face: int | None = None
    """1 is the largest face; None: the only one."""
    code: str = ""
    """Of the slate that goes before this person's photos."""

    def to_plain(self) -> dict[str, Any]:
        """Return it as JSON types."""
        return {"name": self.name, "consent": self.consent, "face": self.face}


@dataclass(frozen=True, slots=True)
class Roster:
    """All rows, by the file that they are for."""

    rows: dict[str, tuple[Listed, ...]]
    people: dict[str, Listed]
    """By name, of rows without a file: they hold wherever the person is found."""
    slates: dict[str, tuple[Listed, ...]]
    """By the code of the slate that goes before their photos."""
    unlisted: Consent = "none"
    """What holds for whom no row names."""

    def of(self, name: str, folder: str = "") -> tuple[Listed, ...]:
        """Return the rows of a photo, by its path below what was named, its name or its stem."""
        path = PurePosixPath(folder) / name
        for key in (
            path.as_posix(),
            name,
            path.with_suffix("").as_posix(),
            PurePosixPath(name).stem,
        ):
            if found := self.rows.get(key.casefold()):
                return found
        return ()

    def strangers(self, photos: Iterable[tuple[str, str]]) -> list[str]:
        """Return the files that rows name and no photo (name, folder) has."""
        met = {id(self.of(name, folder)) for name, folder in photos}
        return [rows[0].file for rows in self.rows.values() if id(rows) not in met]

    def consent_of(self, name: str) -> Consent:
        """Return what holds for somebody by name."""
        return self.people[name].consent if name in self.people else self.unlisted


def roster_of(data: bytes, *, unlisted: Consent = "none") -> Roster:
    """Read a roster. Raises `RecipeError` that names the line."""
    text = _text(data)
    head = text.split("\n", 1)[0]
    reader = csv.reader(io.StringIO(text), delimiter=max(",;\t", key=head.count))
    try:
        lines = [(reader.line_num, [cell.strip() for cell in row]) for row in reader]
    except csv.Error as error:
        raise RecipeError(f"The roster is no table ({error}).", "Save it as CSV.") from error
    if not lines or len(lines) > MOST:
        raise RecipeError(f"The roster has {len(lines)} lines.", f"Give 2 to {MOST}.")
    names = [cell.casefold() for cell in lines[0][1]]
    _check_header(names)
    found = Roster({}, {}, {}, unlisted)
    for line, cells in lines[1:]:
        if any(cells):
            _take(found, _listed(dict(zip(names, cells, strict=False)), line), line)
    return found


def _take(roster: Roster, one: Listed, line: int) -> None:
    """Put a row where it holds: at its file, after its slate, or wherever the person is."""
    if one.code:
        _add(roster.slates, one.code, one, line)
    if one.file:
        _add(roster.rows, one.file.casefold(), one, line)
    elif not one.code:
        if one.name in roster.people:
            raise _wrong(line, f"names {one.name[:60]!r} again", "Keep one of the rows.")
        roster.people[one.name] = one


def _text(data: bytes) -> str:
    if len(data) > LARGEST:
        raise RecipeError("The roster is larger than 8 MB.", "Split it.")
    for encoding in ("utf-8-sig", "utf-16"):
        if encoding == "utf-16" and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
            continue
        try:
            return data.decode(encoding).replace("\r\n", "\n").replace("\r", "\n")
        except UnicodeDecodeError:
            continue
    raise RecipeError("The roster is not text in UTF-8.", "Save it as CSV UTF-8.")


def _check_header(names: Sequence[str]) -> None:
    unknown = [name for name in names if name and name not in COLUMNS]
    if unknown:
        raise RecipeError(
            f"The roster has a column {unknown[0][:40]!r}.", near(unknown[0], COLUMNS, "Columns")
        )
    if not {"file", "name", "code"} & set(names) or "consent" not in names:
        raise RecipeError(
            "The roster's first line must name the columns.",
            "Write file,name,code,consent,output; `consent` and one of the others are needed.",
        )


def _listed(cells: dict[str, str], line: int) -> Listed:
    consent = cells.get("consent", "").casefold()
    if consent not in CONSENTS:
        raise _wrong(line, f"has the consent {consent[:40]!r}", f"It is {', '.join(CONSENTS)}.")
    face = cells.get("face", "")
    if face and not (face.isdecimal() and 1 <= int(face) <= 200):
        raise _wrong(line, f"has the face {face[:20]!r}", "It is a number; 1 is the largest face.")
    file, name = cells.get("file", "").replace("\\", "/"), cells.get("name", "")
    code = cells.get("code", "")
    if not (file or name or code):
        raise _wrong(line, "names neither a file nor a person", "Fill in one of them.")
    output = cells.get("output", "")
    if any(part.startswith(".") for part in output.split("/")) or "\0" in output:
        raise _wrong(line, f"has the output {output[:60]!r}", "It is a name without . and ..")
    return Listed(
        file, name or PurePosixPath(file).stem or code, consent, output, cells.get("notes", ""),
        int(face) if face else None, code,
    )  # fmt: skip


def _add(rows: dict[str, tuple[Listed, ...]], key: str, one: Listed, line: int) -> None:
    known = rows.get(key, ())
    if any(other.face == one.face for other in known):
        raise _wrong(
            line,
            f"names {(one.file or key)[:60]!r} again",
            "Number the faces in the column face, or keep one of the rows.",
        )
    rows[key] = (*known, one)


def _wrong(line: int, what: str, remedy: str) -> RecipeError:
    return RecipeError(f"Line {line} of the roster {what}.", remedy)
