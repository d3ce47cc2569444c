"""`freckle look`: words in, one or more pictures out, and what each word did."""

from collections.abc import Sequence
from pathlib import Path

from freckle.api.lending import look_after
from freckle.api.looking import Look, look, stand_in
from freckle.api.photos import OpenedPhoto, open_photo
from freckle.cli.deadline import deadline
from freckle.cli.exits import OK
from freckle.cli.look_arguments import PARTS
from freckle.cli.outputs import SIDECAR, check_output, numbered
from freckle.cli.parser import Arguments, UsageError
from freckle.cli.settings import recipe_from
from freckle.cli.terminal import Progress, note, quiet_libraries, say, table
from freckle.codec import SaveOptions, atomic_write
from freckle.codec.endings import check_format
from freckle.codec.saving import chosen_format
from freckle.looks.concepts import styles
from freckle.looks.drift import PersonDrift
from freckle.looks.telling import complaint
from freckle.pixels.memory import keep_freed
from freckle.recipe.recipe import Recipe
from freckle.render.finish import check_holds


def run(arguments: Arguments) -> int:
    """Make looks of words. Raises `Refusal`, `RecipeError`, `OutputError` or `UsageError`."""
    _sorted_out(arguments)
    if arguments.style == "list":
        say(table([(style.key, style.labels["en"]) for style in styles()]))
        return OK
    count: int = arguments.candidates
    outs = _numbered(arguments.output, count, arguments.input)
    beside = {
        what: _numbered(path, count, None)
        for what, path in (("--recipe-out", arguments.recipe_out), ("--cube", arguments.cube))
        if path is not None
    }
    _check(arguments, {"-o": outs, **beside})
    below = recipe_from([], arguments.recipe, []) if arguments.recipe else Recipe()
    keep_freed()
    stages = [("opening", 0.3), ("finding faces", 0.5), *(("a look", 1.0) for _ in range(count))]
    with Progress(stages, wanted=not arguments.quiet) as progress:
        progress.step()
        photo = _opened(arguments)
        progress.step()
        with quiet_libraries():
            _ = photo.portrait
        candidates, words, unknown = _made(arguments, photo, below)
        rows, notes = [], dict[str, None]()
        for number, candidate in enumerate(candidates):
            progress.step()
            paths = {what: found[number] for what, found in beside.items()}
            notes |= dict.fromkeys(_written(arguments, candidate, outs[number], paths))
            if not arguments.quiet:
                rows.append((str(outs[number]), candidate.label, _drifted(candidate.drift)))
    said = complaint(unknown)
    for sentence in (*photo.warnings, *notes, *([] if said is None else [said])):
        note(sentence)
    if not arguments.quiet:
        say("\n\n".join(table(part) for part in (words, rows) if part))
    return OK


def _sorted_out(arguments: Arguments) -> None:
    """Tell the photo from words, which may be left out beside a reference. Raises `UsageError`."""
    if arguments.reference is None:
        if arguments.words is None:
            raise UsageError("Say what it shall look like, or give a picture with --reference.")
        return
    if arguments.input is None:
        arguments.words, arguments.input = None, Path(arguments.words or "")
    if arguments.words is None and arguments.candidates > 1:
        raise UsageError("A reference alone makes one look. Add words, or leave --candidates out.")


def _made(
    arguments: Arguments, photo: OpenedPhoto, below: Recipe
) -> tuple[Sequence[Look], list[tuple[str, str]], tuple[str, ...]]:
    """Return the candidates, what each word did, and words that nobody understood."""
    if arguments.reference is not None:
        lent = _lent(arguments, photo, below)
        if arguments.words is None:
            return [lent], [], ()
        below = lent.recipe
    made = look(
        photo,
        arguments.words,
        style=arguments.style,
        candidates=arguments.candidates,
        seed=arguments.seed,
        weight=arguments.weight,
        scale=arguments.scale,
        aspect=arguments.aspect,
        skin_lock=not arguments.free_skin,
        over=below,
    )
    return made.candidates, made.words, made.unknown


def _lent(arguments: Arguments, photo: OpenedPhoto, below: Recipe) -> Look:
    with deadline():
        reference = open_photo(arguments.reference)
    with quiet_libraries():
        return look_after(
            photo,
            reference,
            strength=arguments.strength,
            skin_lock=not arguments.free_skin,
            over=below,
            **{part: part not in arguments.without for part in PARTS},
        )


def _opened(arguments: Arguments) -> OpenedPhoto:
    if arguments.input is None:
        return stand_in()
    with deadline():
        photo = open_photo(arguments.input)
    check_format(photo.content, arguments.output, SaveOptions(format=arguments.format))
    return photo


def _numbered(path: Path, count: int, source: Path | None) -> list[Path]:
    """Return a path for each candidate; in a folder they are called after the photo."""
    if path.is_dir():
        name = Path(source.name) if source is not None else Path("look.jpg")
        path = path / f"{name.stem}-look{name.suffix}"
    return numbered(path, count)


def _check(arguments: Arguments, outputs: dict[str, list[Path]]) -> None:
    """Refuse before any work what could not be written, or would overwrite what is read."""
    named = {
        "the original": arguments.input,
        "the recipe": arguments.recipe,
        "the reference": arguments.reference,
    }
    sources = {what: path for what, path in named.items() if path is not None}
    taken = [path.absolute() for paths in outputs.values() for path in paths]
    if arguments.sidecar:
        taken += [Path(f"{path.absolute()}{SIDECAR}") for path in outputs["-o"]]
    if len(set(taken)) < len(taken):
        raise UsageError("Two outputs name one file. Choose another name.")
    for what, paths in outputs.items():
        for path in paths:
            check_output(sources, what, path)


def _written(
    arguments: Arguments, candidate: Look, out: Path, beside: dict[str, Path]
) -> tuple[str, ...]:
    """Render one candidate and write all that belongs to it; return what the file cannot hold."""
    options = SaveOptions(format=arguments.format)
    check_holds(candidate.recipe, chosen_format(candidate.photo.content, out, options))
    lost = candidate.result.save(
        out,
        format=arguments.format,
        quality=arguments.quality,
        strip_gps=arguments.strip_gps,
        strip_metadata=arguments.strip_metadata,
    )
    text = candidate.recipe.to_json().encode()
    if arguments.sidecar:
        atomic_write(out.with_name(out.name + SIDECAR), text)
    if "--recipe-out" in beside:
        atomic_write(beside["--recipe-out"], text)
    if "--cube" in beside:
        atomic_write(beside["--cube"], candidate.cube().encode())
    return lost


def _drifted(people: list[PersonDrift]) -> str:
    """Say how far skin moved, of who moved most."""
    if not people:
        return "no face"
    most = max(people, key=lambda one: abs(one.ita or 0))
    tone = "no hue" if most.ita is None else f"skin ITA {most.ita:+.1f}°"
    return f"{tone}, L* {most.lightness:+.1f}; features where they were"
