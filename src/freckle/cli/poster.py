"""`freckle poster`: a portrait, a headline and a layout, as PDF or picture; one or a row each."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from freckle.api.photos import open_photo
from freckle.cli.exits import INPUT, OK
from freckle.cli.outputs import check_output
from freckle.cli.parser import Arguments, UsageError
from freckle.cli.settings import pair, recipe_from
from freckle.cli.terminal import note, quiet_libraries, table
from freckle.codec import atomic_write
from freckle.codec.files import read_file
from freckle.errors import FreckleError, RecipeError
from freckle.poster.catalogue import TEMPLATES, template
from freckle.poster.design import Brand, Portrait, Poster
from freckle.poster.legibility import sentences
from freckle.poster.making import boards, lay
from freckle.poster.output import Output, content_of, kind_of
from freckle.poster.pdf import Print, check_profile
from freckle.poster.portraits import subject_of
from freckle.poster.rows import Row, rows, with_words
from freckle.poster.subject import Subject
from freckle.recipe.recipe import Recipe
from freckle.recipe.sources import recipe_of

CHOICES = ("colors", "ground")
"""What `--set` knows beside texts."""


@dataclass(frozen=True, slots=True)
class Job:
    """One poster to write: a row's, or the only one."""

    poster: Poster
    target: Path
    number: int | None = None


def run(arguments: Arguments) -> int:
    """Make posters. Raises `UsageError`, `RecipeError`, `Refusal` or `OutputError`."""
    if arguments.list:
        _list(as_json=arguments.json)
        return OK
    if arguments.template is None or arguments.output is None:
        raise UsageError("TEMPLATE and -o OUT are needed. See `freckle poster --list`.")
    kind_of(arguments.output)
    how = _output(arguments)
    base = poster_of(arguments)
    if arguments.save is not None:
        check_output(_read(arguments, base), "--save", arguments.save)
    if arguments.csv is None:
        _write(arguments, Job(base, arguments.output), how, {})
        if arguments.save is not None:
            plain = base.model_dump_json(indent=1, exclude_defaults=False) + "\n"
            atomic_write(arguments.save, plain.encode())
        return OK
    return _all_rows(arguments, base, how)


def _list(*, as_json: bool) -> None:
    if as_json:
        plain = [
            {
                "name": each.name,
                "label": each.label,
                "family": each.family,
                "summary": each.summary,
                "size": each.size,
                "sample": each.sample.model_dump(mode="json", exclude_defaults=True),
            }
            for each in TEMPLATES
        ]
        print(json.dumps(plain, indent=1, ensure_ascii=False))
        return
    print(table([(each.name, each.size, each.summary) for each in TEMPLATES]))


def poster_of(arguments: Arguments) -> Poster:
    """Return the poster that the arguments describe. Raises `RecipeError` or `Refusal`."""
    poster = _base(arguments.template)
    words = {name: getattr(arguments, name) for name in ("headline", "subline", "lang")}
    changed: dict[str, Any] = {}
    given = {name: value for name, value in words.items() if value is not None}
    for text in arguments.texts:
        name, value = pair(text)
        (changed if name in CHOICES else given)[name] = value
    changed["content"] = with_words(poster.content, given)
    if arguments.sizes:
        changed["sizes"] = tuple(arguments.sizes)
    if arguments.brand is not None:
        changed["brand"] = _brand(arguments.brand)
    if arguments.portraits:
        recipe = _recipe(arguments)
        plain = None if recipe is None else recipe.model_dump(mode="json")
        changed["portraits"] = tuple(
            Portrait(photo=str(path.absolute()), recipe=plain) for path in arguments.portraits
        )
    return Poster.read({**poster.model_dump(), **changed})


def _base(named: str) -> Poster:
    """Return a template's empty poster, or the poster of a JSON file."""
    path = Path(named)
    if path.suffix.lower() == ".json":
        folder = path.absolute().parent
        poster = Poster.read(_json(path))
        portraits = tuple(
            each.model_copy(update={"photo": str(folder / each.photo)}) if each.photo else each
            for each in poster.portraits
        )
        brand = _placed(poster.brand, folder)
        return poster.model_copy(update={"portraits": portraits, "brand": brand})
    return Poster(template=template(named).name)


def _json(path: Path) -> dict[str, Any]:
    try:
        plain = json.loads(read_file(path))
    except ValueError as error:
        raise RecipeError(f"{path.name!r} is no JSON.", "Check the file.") from error
    if not isinstance(plain, dict):
        raise RecipeError(f"{path.name!r} holds no object.", "See docs/posters.md.")
    return plain


def _brand(path: Path) -> Brand:
    brand = Poster.read({"brand": _json(path)}).brand
    return _placed(brand, path.absolute().parent)


def _placed(brand: Brand, folder: Path) -> Brand:
    """Return a brand whose files are found from anywhere."""

    def found(name: str | None) -> str | None:
        return str(folder / name) if name and (folder / name).is_file() else name

    files = {name: found(getattr(brand, name)) for name in ("display", "text", "logo")}
    return brand.model_copy(update=files)


def _recipe(arguments: Arguments) -> Recipe | None:
    if not arguments.presets and arguments.recipe is None:
        return None
    return recipe_from(arguments.presets, arguments.recipe, [])


def _output(arguments: Arguments) -> Output:
    profile = None
    if arguments.cmyk is not None:
        profile = read_file(arguments.cmyk)
        check_profile(profile)
    printed = Print(profile, marks=not arguments.no_marks, limit=arguments.ink_limit)
    return Output(printed, dpi=arguments.dpi)


def _read(arguments: Arguments, poster: Poster) -> dict[str, Path]:
    """Return the files that are read, by what they are."""
    named = {f"the portrait {each.photo!r}": Path(each.photo) for each in poster.portraits}
    for what in ("csv", "brand", "cmyk", "recipe"):
        if getattr(arguments, what) is not None:
            named[f"the file of --{what}"] = getattr(arguments, what)
    return named


def _write(
    arguments: Arguments, job: Job, how: Output, memo: dict[Portrait, Subject]
) -> list[Path]:
    """Write one poster in its sizes; `memo` keeps portraits that rows share."""
    sizes = boards(job.poster)
    targets = [
        job.target if len(sizes) == 1 else job.target.with_stem(f"{job.target.stem}-{board.name}")
        for board in sizes
    ]
    for target in targets:
        check_output(_read(arguments, job.poster), "-o", target)
    subjects = [_subject(each, memo) for each in job.poster.portraits]
    for board, target in zip(sizes, targets, strict=True):
        laid = lay(job.poster, subjects, board)
        atomic_write(target, content_of(laid, target, how))
        for sentence in sentences(laid):
            note(sentence)
        if not arguments.quiet:
            print(target)
    return targets


def _subject(portrait: Portrait, memo: dict[Portrait, Subject]) -> Subject:
    key = portrait.model_dump_json()
    found: Any = memo.get(key)  # type: ignore[call-overload]
    if found is None:
        photo = open_photo(portrait.photo)
        recipe = None if portrait.recipe is None else recipe_of(portrait.recipe)
        with quiet_libraries():
            found = subject_of(photo.content, recipe)
        memo.clear()  # one row's photo at a time
        memo[key] = found  # type: ignore[index]
    return found  # type: ignore[no-any-return]


def _all_rows(arguments: Arguments, base: Poster, how: Output) -> int:
    """Write a poster for every row; a bad one is listed and the others go on."""
    text = read_file(arguments.csv).decode("utf-8-sig", "replace")
    bad = 0
    memo: dict[Portrait, Subject] = {}
    listed = rows(text)
    for job in _jobs(arguments, base, listed):
        if isinstance(job, str):
            note(job)
            bad += 1
            continue
        try:
            _write(arguments, job, how, memo)
        except FreckleError as error:
            note(f"Row {job.number}: {error}")
            bad += 1
    if bad:
        note(f"{bad} of {len(listed)} rows were left out.")
    return INPUT if bad else OK


def _jobs(arguments: Arguments, base: Poster, listed: list[Row]) -> Iterator[Job | str]:
    digits = max(3, len(str(len(listed))))
    for place, row in enumerate(listed, 1):
        out: Path = arguments.output
        try:
            changed: dict[str, Any] = {"content": row.over(base.content)}
            if row.portrait is not None:
                photo = str(arguments.csv.absolute().parent / row.portrait)
                first = base.portraits[0] if base.portraits else Portrait()
                recipe = _recipe(arguments)
                plain = first.recipe if recipe is None else recipe.model_dump(mode="json")
                changed["portraits"] = (Portrait(photo=photo, recipe=plain),)
            poster = base.model_copy(update=changed)
        except FreckleError as error:
            yield f"Row {row.number}: {error}"
            continue
        target = out.with_stem(f"{out.stem}-{place:0{digits}d}")
        yield Job(poster, target, row.number)
