"""Where results go: names from templates, and what is done where a name is taken."""

import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Final, Literal, get_args

from freckle.batch.order import Order
from freckle.batch.sources import Source
from freckle.codec.endings import kept_ending
from freckle.codec.formats import BY_NAME as FORMATS
from freckle.disk import check_target
from freckle.errors import OutputError, RecipeError
from freckle.jobs.job import as_json
from freckle.jobs.places import Place
from freckle.recipe.exports import export
from freckle.storage.opening import is_address, open_store

Conflict = Literal["rename", "skip", "replace", "fail"]
CONFLICTS: Final = get_args(Conflict)
FIELDS: Final = ("name", "ext", "index", "folder", "preset", "person", "output")
SIDECAR: Final = ".freckle.json"
PLAIN: Final = "{folder}/{name}"
EACH: Final = "{folder}/{name}-{preset}"


class TakenError(OutputError):
    """A name that is taken where that is no fault: the photo is left out."""


@dataclass(slots=True)
class Names:
    """Gives every photo its targets, and no two the same."""

    out: str
    """A folder, or an address of a store."""
    order: Order
    template: str
    conflict: Conflict
    originals: frozenset[str] = frozenset()
    """Real paths of what is only read."""
    width: int = 4
    """Digits of {index} at least."""
    _taken: set[str] = field(default_factory=set)
    _stored: set[str] | None = None

    @property
    def naming(self) -> str:
        """Return what decides on names, to be compared."""
        order = self.order
        return as_json([self.out, self.template, order.format, order.exports, order.sidecar])

    def reserve(self, targets: Iterable[Place]) -> None:
        """Give these names to nobody else: they were promised before."""
        self._taken.update(_fold(target) for target in targets)

    def targets(self, source: Source, index: int) -> tuple[Place, ...]:
        """Return where a photo's results go: itself or its exports, then its sidecar.

        Raises `TakenError` where it is to be left out, and `OutputError`.
        """
        plain = self._targets(source, index, 1)
        if self.conflict == "fail" and any(map(self._there, plain)):
            name = next(PurePosixPath(str(each)).name for each in plain if self._there(each))
            raise OutputError(f"{name!r} is there already.", "See --conflict.")
        number, found = 1, plain
        while any(self._blocked(each) for each in found):
            number += 1
            found = self._targets(source, index, number)
        if self.conflict == "skip" and any(map(self._there, found)):
            self.reserve(found)
            raise TakenError("It is there already.", "See --conflict.")
        self.check(found)
        self.reserve(found)
        return found

    def check(self, targets: Iterable[Place]) -> None:
        """Refuse what is an original itself, and what is no place for a file.

        Raises `OutputError`.
        """
        for each in targets:
            self._check(each)

    def _blocked(self, target: Place) -> bool:
        if _fold(target) in self._taken:
            return True
        return self.conflict == "rename" and self._there(target)

    def _check(self, target: Place) -> None:
        if target.path is None:
            if str(target) in self.originals:
                raise _original(target)
            return
        if os.path.realpath(target.path) in self.originals:
            raise _original(target)
        path = Path(target.path)
        if os.path.lexists(path) and not path.is_symlink():
            check_target(path)

    def _there(self, target: Place) -> bool:
        if target.path is not None:
            return os.path.lexists(target.path)
        if self._stored is None:
            self._stored = {entry.key for entry in open_store(self.out).list()}
        return target.key in self._stored

    def _targets(self, source: Source, index: int, number: int) -> tuple[Place, ...]:
        more = "" if number == 1 else f"-{number}"
        order = self.order
        stems = [self._stem(source, index, preset) for preset in order.exports or ("",)]
        endings = [_ending(source, order, name) for name in order.exports or ("",)]
        names = [f"{stem}{more}{end}" for stem, end in zip(stems, endings, strict=True)]
        if order.sidecar:
            names.append(f"{names[0]}{SIDECAR}")
        return tuple(self._place(name) for name in names)

    def _stem(self, source: Source, index: int, preset: str) -> str:
        name = PurePosixPath(source.name)
        filled = self.template.format(
            name=name.stem or "photo",
            ext=name.suffix.removeprefix(".").lower(),
            index=f"{index:0{self.width}d}",
            folder="/".join(part for part in source.folder.split("/") if part.strip(".")),
            preset=preset,
            person=_safe(source.person) or "unlisted",
            output=source.output or name.stem or "photo",
        )
        return PurePosixPath(filled.lstrip("/")).as_posix()

    def _place(self, name: str) -> Place:
        if is_address(self.out):
            return Place(address=self.out, key=name)
        return Place(path=os.path.abspath(Path(self.out) / name))  # noqa: PTH100 - links stay


def _safe(text: str) -> str:
    """Return a person's name as a part of a file's."""
    return "".join("-" if each in "/\\\0" else each for each in text).strip(". ")


def _ending(source: Source, order: Order, preset: str) -> str:
    kind = export(preset).format if preset else None
    return FORMATS[kind].endings[0] if kind else kept_ending(source.name, order.saving)


def check_template(template: str, exports: Iterable[str] = ()) -> str:
    """Return a template that names files inside the folder only. Raises `RecipeError`."""
    example = dict.fromkeys(FIELDS, "x")
    try:
        filled = template.format(**example)
    except (KeyError, IndexError, ValueError, AttributeError) as error:
        raise RecipeError(
            f"The names {template!r} are not understood.",
            f"They may hold {', '.join('{' + name + '}' for name in FIELDS)}.",
        ) from error
    parts = filled.split("/")
    bad = any(part in ("", ".", "..") or part.startswith(".") or "\\" in part for part in parts)
    if bad or "\0" in filled:
        raise RecipeError(f"{template!r} is no name of a file.", "Write it as {folder}/{name}.")
    if len(list(exports)) > 1 and "{preset}" not in template:
        raise RecipeError(
            f"{template!r} gives all presets one name.", "Write {preset} somewhere in it."
        )
    return template


def originals_of(sources: Iterable[Source], others: Iterable[Path] = ()) -> frozenset[str]:
    """Return the real paths and addresses of everything that is only read."""
    real: Callable[[str], str] = os.path.realpath
    return frozenset(
        [
            *(each.id if each.place.path is None else real(each.place.path) for each in sources),
            *(real(str(each)) for each in others),
        ]
    )


def _original(target: Place) -> OutputError:
    return OutputError(
        f"{PurePosixPath(str(target)).name!r} is an original itself, which freckle never writes "
        "to.",
        "Choose another folder, or --names.",
    )


def _fold(target: Place) -> str:
    """Return what two names share that some disks cannot tell apart."""
    return str(target).casefold()
