"""`freckle poster`: a portrait, a headline and a layout, as PDF or picture; one or a row each."""

import json
import zipfile
from functools import partial
from pathlib import Path
from typing import Any

from freckle.api.photos import open_photo
from freckle.cli.exits import OK
from freckle.cli.outputs import check_output
from freckle.cli.parser import Arguments, UsageError
from freckle.cli.poster_rows import Table, all_rows, targets_of
from freckle.cli.settings import pair, recipe_from
from freckle.cli.terminal import note, quiet_libraries, table
from freckle.codec import atomic_write
from freckle.codec.files import read_file
from freckle.errors import RecipeError
from freckle.poster.catalogue import TEMPLATES, template
from freckle.poster.design import Brand, Portrait, Poster
from freckle.poster.legibility import sentences
from freckle.poster.making import boards, lay
from freckle.poster.output import Output, content_of, kind_of
from freckle.poster.pdf import Print, check_profile
from freckle.poster.portraits import subject_of
from freckle.poster.preflight import preflight
from freckle.poster.rows import with_words
from freckle.poster.subject import Subject
from freckle.recipe.recipe import Recipe
from freckle.recipe.sources import recipe_of
from freckle.sets.guides import NAME, guide_at

CHOICES = ("colors", "ground")
"""What `--set` knows beside texts."""


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
        _write(arguments, base, how)
        if arguments.save is not None:
            plain = base.model_dump_json(indent=1, exclude_defaults=False) + "\n"
            atomic_write(arguments.save, plain.encode())
        return OK
    recipe = _recipe(arguments)
    return all_rows(Table(arguments, base, how, recipe, partial(_check, arguments)))


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
        changed["brand"] = brand_of(arguments.brand)
    changed["brand"] = _branded(arguments, changed.get("brand", poster.brand))
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


def brand_of(path: Path) -> Brand:
    """Read a brand's JSON, or take the colors and the logo of a style guide."""
    whole = path.is_dir() or path.name == NAME or zipfile.is_zipfile(path)
    brand = _of_guide(path) if whole else Poster.read({"brand": _json(path)}).brand
    folder = path if path.is_dir() else path.parent
    return _placed(brand, folder.absolute())


def _of_guide(path: Path) -> Brand:
    rules = guide_at(path)
    if rules.logo is not None and zipfile.is_zipfile(path):
        raise RecipeError("The guide's logo is in its ZIP.", "Unpack it and name the folder.")
    named = {name.lower(): color for name, color in rules.colors.items()}
    colors = {name: named.get(name) for name in ("ink", "paper", "accent")}
    return Brand.model_validate({**colors, "logo": rules.logo})


def _branded(arguments: Arguments, brand: Brand) -> Brand:
    """Return a brand with the logo and the typefaces of the command."""
    given = {
        "logo": None if arguments.logo is None else str(arguments.logo.absolute()),
        "display": arguments.font,
        "text": arguments.text_font,
    }
    brand = brand.model_copy(update={name: each for name, each in given.items() if each})
    return _placed(brand, Path.cwd())


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
    for what in ("csv", "brand", "logo", "cmyk", "recipe"):
        if getattr(arguments, what) is not None:
            named[f"the file of --{what}"] = getattr(arguments, what)
    return named


def _check(arguments: Arguments, poster: Poster, targets: list[Path]) -> None:
    for target in targets:
        check_output(_read(arguments, poster), "-o", target)


def _write(arguments: Arguments, poster: Poster, how: Output) -> None:
    """Write one poster in its sizes."""
    sizes, targets = boards(poster), targets_of(poster, arguments.output)
    _check(arguments, poster, targets)
    subjects = [_subject(each) for each in poster.portraits]
    for board, target in zip(sizes, targets, strict=True):
        laid = lay(poster, subjects, board)
        content = content_of(laid, target, how)
        atomic_write(target, content)
        for sentence in [*sentences(laid), *_for_print(target, content, how)]:
            note(sentence)
        if not arguments.quiet:
            print(target)


def _for_print(target: Path, content: bytes, how: Output) -> list[str]:
    """Say what a printer would refuse in a finished PDF."""
    if kind_of(target) != "pdf":
        return []
    ink = how.print.limit if how.print.profile is not None else None
    return [f"{target.name}: {fault}" for fault in preflight(content, ink=ink)]


def _subject(portrait: Portrait) -> Subject:
    photo = open_photo(portrait.photo)
    recipe = None if portrait.recipe is None else recipe_of(portrait.recipe)
    with quiet_libraries():
        return subject_of(photo.content, recipe)
