"""`freckle style`: check pictures against a style guide, write or pack one, learn a recipe."""

import json
from pathlib import Path

from freckle.api.photos import open_photo
from freckle.batch.names import SIDECAR
from freckle.batch.sources import sources_of
from freckle.cli.deadline import deadline
from freckle.cli.exits import OK, SOME
from freckle.cli.outputs import check_output
from freckle.cli.parser import Arguments
from freckle.cli.settings import pair
from freckle.cli.terminal import Progress, complain, note, quiet_libraries, say, table
from freckle.disk import atomic_write
from freckle.errors import FreckleError, OutputError
from freckle.recipe.recipe import Recipe
from freckle.sets.deriving import derived, measured
from freckle.sets.guides import Guide, guide_at, pack
from freckle.sets.keeping import broken
from freckle.sets.learning import STEPS, learned, thinned


def run(arguments: Arguments) -> int:
    """Run one of the four. Raises `Refusal`, `RecipeError` or `OutputError`."""
    ways = {"check": check, "pack": packed, "learn": learn, "guide": guide}
    return ways[arguments.way](arguments)


def check(arguments: Arguments) -> int:
    """Say which pictures break a guide."""
    rules = guide_at(arguments.guide)
    paths = _pictures(arguments)
    bad = 0
    for path in paths:
        beside = Path(f"{path}{SIDECAR}")
        try:
            with deadline(), quiet_libraries():
                recipe = Recipe.parse(beside.read_bytes()) if beside.is_file() else None
                found = list(map(str, broken(open_photo(path), recipe, rules)))
        except FreckleError as error:
            complain(f"{path.name}: {error}")
            found = ["cannot be opened"]
        bad += bool(found)
        if found:
            say(f"{path.name}: {'; '.join(found)}")
    say(f"{rules.name} {rules.version}: {len(paths) - bad} keep it, {bad} break it.")
    return SOME if bad else OK


def packed(arguments: Arguments) -> int:
    """Write a guide as one file."""
    check_output({}, "-o", arguments.output)
    say(f"{pack(arguments.guide, arguments.output)} files in {arguments.output.name}.")
    return OK


def guide(arguments: Arguments) -> int:
    """Write down the guide that finished pictures keep."""
    out: Path = arguments.output
    paths = _pictures(arguments)
    check_output({path.name: path for path in paths}, "-o", out)
    colors = dict(map(pair, arguments.colors))
    logo = {} if arguments.logo is None else {"logo": arguments.logo}
    if logo and not (out.absolute().parent / arguments.logo).is_file():
        raise OutputError(f"{arguments.logo!r} is not there.", "Put the logo beside the guide.")
    Guide.parse(json.dumps({"name": "x", "colors": colors, **logo}).encode())  # before the work
    found, bad = [], 0
    with Progress([("measuring", 1.0)] * len(paths), wanted=not arguments.quiet) as progress:
        for path in paths:
            progress.step()
            try:
                with deadline(), quiet_libraries():
                    found.append(measured(open_photo(path)))
            except FreckleError as error:
                bad += 1
                complain(f"{path.name}: {error}")
    if not found:
        raise OutputError("None of the pictures can be opened.", "Name finished pictures.")
    plain = derived(found, arguments.name or out.stem).model_dump(exclude_none=True)
    rules = Guide.parse(json.dumps({**plain, "colors": colors, **logo}).encode())
    atomic_write(out, rules.model_dump_json(indent=2, exclude_none=True).encode() + b"\n")
    if not arguments.quiet:
        said = rules.model_dump(mode="json", exclude_defaults=True, exclude={"name"})
        say(table([("rule", "what"), *((key, str(value)) for key, value in said.items())]))
    return SOME if bad else OK


def learn(arguments: Arguments) -> int:
    """Write the recipe that comes nearest to what was done to a picture, or to many."""
    pairs = _pairs(arguments.before, arguments.after)
    kinds = "picture before", "picture after"
    read = {f"{what} {k + 1}": path for k, pair in enumerate(pairs)
            for what, path in zip(kinds, pair, strict=True)}  # fmt: skip
    check_output(read, "-o", arguments.output)
    stages = [("opening", 1.0), *((f"round {k + 1}", 3.0) for k in range(len(STEPS)))]
    with Progress(stages, wanted=not arguments.quiet) as progress:
        progress.step()
        opened = []
        for pair in pairs:
            with deadline():
                before, after = (open_photo(path).content for path in pair)
            opened.append((before, after))
        with quiet_libraries():
            found = learned(opened, lambda _: progress.step())
    atomic_write(arguments.output, found.recipe.to_json().encode())
    if not arguments.quiet:
        rows = [(name, f"{found.values[name]:g}", f"ΔE {found.effects[name]:.2f}")
                for name in sorted(found.values, key=lambda one: -found.effects[one])]  # fmt: skip
        say(table([("slider", "value", "what it does"), *rows]))
        several = f"each of {len(pairs)} pairs" if len(pairs) > 1 else "the two"
        say(f"ΔE {found.before:.2f} between {several}; {found.error:.2f} is left.")
    return OK


def _pictures(arguments: Arguments) -> list[Path]:
    sources = sources_of(arguments.inputs, recursive=arguments.recursive)
    if not sources:
        raise OutputError("There are no pictures.", "Name files, folders or patterns.")
    return [Path(source.place.path or source.name) for source in sources]


def _pairs(before: Path, after: Path) -> list[tuple[Path, Path]]:
    """Return what belongs together: two files, or those of two folders with the same names."""
    if before.is_dir() != after.is_dir():
        raise OutputError("One is a folder and one a file.", "Give two files or two folders.")
    if not before.is_dir():
        return [(before, after)]
    sides = [
        {Path(one.name).stem.casefold(): Path(one.place.path or one.name)
         for one in sources_of([str(folder)], recursive=False)}
        for folder in (before, after)
    ]  # fmt: skip
    names = sorted(sides[0].keys() & sides[1].keys())
    if not names:
        raise OutputError("No names are in both folders.", "Give finished pictures the same names.")
    alone = len(sides[0].keys() ^ sides[1].keys())
    if alone:
        note(f"{alone} pictures are in one of the folders only.")
    return [(sides[0][name], sides[1][name]) for name in thinned(names)]
