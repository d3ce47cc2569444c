"""`freckle style`: check pictures against a style guide, pack one, learn one from a pair."""

from pathlib import Path

from freckle.api.photos import open_photo
from freckle.batch.names import SIDECAR
from freckle.batch.sources import sources_of
from freckle.cli.deadline import deadline
from freckle.cli.exits import OK, SOME
from freckle.cli.outputs import check_output
from freckle.cli.parser import Arguments
from freckle.cli.terminal import Progress, complain, quiet_libraries, say, table
from freckle.disk import atomic_write
from freckle.errors import FreckleError, OutputError
from freckle.recipe.recipe import Recipe
from freckle.sets.guides import guide_at, pack
from freckle.sets.keeping import broken
from freckle.sets.learning import STEPS, learned


def run(arguments: Arguments) -> int:
    """Run one of the three. Raises `Refusal`, `RecipeError` or `OutputError`."""
    ways = {"check": check, "pack": packed, "learn": learn}
    return ways[arguments.way](arguments)


def check(arguments: Arguments) -> int:
    """Say which pictures break a guide."""
    guide = guide_at(arguments.guide)
    sources = sources_of(arguments.inputs, recursive=arguments.recursive)
    if not sources:
        raise OutputError("There are no pictures.", "Name files, folders or patterns.")
    bad = 0
    for source in sources:
        path = Path(source.place.path or source.name)
        beside = Path(f"{path}{SIDECAR}")
        try:
            with deadline(), quiet_libraries():
                recipe = Recipe.parse(beside.read_bytes()) if beside.is_file() else None
                found = broken(open_photo(path), recipe, guide)
        except FreckleError as error:
            complain(f"{path.name}: {error}")
            found = ["cannot be opened"]
        bad += bool(found)
        if found:
            say(f"{path.name}: {'; '.join(found)}")
    say(f"{guide.name} {guide.version}: {len(sources) - bad} keep it, {bad} break it.")
    return SOME if bad else OK


def packed(arguments: Arguments) -> int:
    """Write a guide as one file."""
    check_output({}, "-o", arguments.output)
    say(f"{pack(arguments.guide, arguments.output)} files in {arguments.output.name}.")
    return OK


def learn(arguments: Arguments) -> int:
    """Write the recipe that comes nearest to what was done to a picture."""
    read = {"the picture before": arguments.before, "the picture after": arguments.after}
    check_output(read, "-o", arguments.output)
    stages = [("opening", 1.0), *((f"round {k + 1}", 3.0) for k in range(len(STEPS)))]
    with Progress(stages, wanted=not arguments.quiet) as progress:
        progress.step()
        with deadline():
            before, after = (open_photo(path).content for path in read.values())
        with quiet_libraries():
            found = learned(before, after, lambda _: progress.step())
    atomic_write(arguments.output, found.recipe.to_json().encode())
    if not arguments.quiet:
        rows = [(name, f"{found.values[name]:g}", f"ΔE {found.effects[name]:.2f}")
                for name in sorted(found.values, key=lambda one: -found.effects[one])]  # fmt: skip
        say(table([("slider", "value", "what it does"), *rows]))
        say(f"ΔE {found.before:.2f} between the two; {found.error:.2f} is left.")
    return OK
