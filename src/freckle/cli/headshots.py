"""`freckle headshots`: photos of many people, their heads alike."""

from collections.abc import Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any

from freckle.batch.names import PLAIN, Names, originals_of
from freckle.batch.sources import Source, sources_of
from freckle.batch.work import order_of
from freckle.cli.exits import OK, SOME
from freckle.cli.parser import Arguments, UsageError
from freckle.cli.set_arguments import share, size_in_pixels
from freckle.cli.settings import recipe_from
from freckle.cli.terminal import complain, note, say
from freckle.errors import FreckleError, OutputError
from freckle.jobs.engines import engine
from freckle.jobs.failures import to_plain
from freckle.jobs.job import Engine, Job
from freckle.jobs.places import Input
from freckle.recipe.recipe import Recipe
from freckle.recipe.settings import with_setting
from freckle.sets.matching import LARGEST_SHARE, Shape
from freckle.sets.work import WHERE

Answer = tuple[Source, dict[str, Any] | None]


def run(arguments: Arguments) -> int:
    """Write head-shots. Raises `RecipeError`, `OutputError`, `StorageError` or `UsageError`."""
    shape, recipe = shape_of(arguments), style_of(arguments)
    out: Path = arguments.output
    if not out.is_dir():
        raise OutputError(f"There is no folder {out.name[:80]!r}.", "Create it first.")
    sources = sources_of(arguments.inputs, recursive=arguments.recursive, leave=out)
    if not sources:
        raise OutputError("There are no pictures.", "Name files, folders or patterns.")
    order = order_of(recipe, format=arguments.format, quality=arguments.quality)
    names = Names(str(out.absolute()), order, PLAIN, "rename", originals_of(sources))
    with Engined(engine("local", WHERE, workers=arguments.jobs)) as work:
        if arguments.head == "fit":
            shape = fitted(work, sources, shape, quiet=arguments.quiet)
        made = list(work.shots(sources, names, shape, filled=bool(arguments.background)))
    failed = sum(found is None for _, found in made)
    if not arguments.quiet:
        say(f"{len(made) - failed} head-shots of {shape.width} × {shape.height} pixels, "
            f"{failed} failed.")  # fmt: skip
    return SOME if failed else OK


class Engined:
    """An engine, and the jobs of head-shots on it."""

    def __init__(self, started: Engine) -> None:
        """Take the engine, which is closed in the end."""
        self._engine = started
        self._pool = ThreadPoolExecutor(started.capacity)

    def __enter__(self) -> "Engined":
        """Return it."""
        return self

    def __exit__(self, *_: object) -> None:
        """End what still runs."""
        self._pool.shutdown(wait=False, cancel_futures=True)
        self._engine.close()
        self._pool.shutdown()

    def shares(self, sources: list[Source], shape: Shape) -> Iterator[Answer]:
        """Say of each photo what share its head needs."""
        return self._all(sources, "measure", [{"shape": shape.to_plain()}] * len(sources))

    def shots(
        self, sources: list[Source], names: Names, shape: Shape, *, filled: bool
    ) -> Iterator[Answer]:
        """Write the head-shots."""
        order = names.order
        heads = [
            {
                "shape": shape.to_plain(),
                "recipe": order.recipe,
                "format": order.format,
                "quality": order.quality,
                "filled": filled,
                "target": names.targets(source, index)[0].to_plain(),
            }
            for index, source in enumerate(sources, 1)
        ]
        return self._all(sources, "headshot", heads)

    def _all(
        self, sources: list[Source], kind: str, heads: list[dict[str, Any]]
    ) -> Iterator[Answer]:
        jobs = [
            Job(source.id, kind, head, (Input(source.place),), source.size)
            for source, head in zip(sources, heads, strict=True)
        ]
        futures: list[Future[Mapping[str, Any]]] = [
            self._pool.submit(lambda job: self._engine.submit(job).result().head, job)
            for job in jobs
        ]
        for source, future in zip(sources, futures, strict=True):
            try:
                yield source, dict(future.result())
            except FreckleError as error:
                plain = to_plain(error)
                complain(f"{source.id}: {plain['message']} {plain['remedy']}", code=plain["code"])
                yield source, None


def fitted(work: Engined, sources: list[Source], shape: Shape, *, quiet: bool) -> Shape:
    """Return the shape with the least share for which all photos have room."""
    shares = [found["share"] for _, found in work.shares(sources, shape) if found]
    known = [float(each) for each in shares if each is not None]
    share_ = max([*known, 0.2])
    if not quiet:
        note(f"The heads take {100 * share_:.0f} percent of the height.")
    return Shape(shape.width, shape.height, min(share_, LARGEST_SHARE), shape.eyes)


def shape_of(arguments: Arguments) -> Shape:
    """Return the shape that is asked for. Raises `UsageError`."""
    width, height = size_in_pixels(arguments.size)
    head = 0.5 if arguments.head == "fit" else share(arguments.head, "--head", 20, 85)
    eyes = share(arguments.eyes, "--eyes", 35, 75)
    if eyes + head / 2 > 1:
        raise UsageError("The head would reach above the picture. Lower --eyes or --head.")
    return Shape(width, height, head, eyes)


def style_of(arguments: Arguments) -> Recipe:
    """Return the recipe; nothing is done where none is named. Raises `RecipeError`."""
    presets = arguments.presets or ([] if arguments.recipe else ["none"])
    recipe = recipe_from(presets, arguments.recipe, [one.text for one in arguments.settings])
    if arguments.background is not None:
        recipe = with_setting(recipe, "background.mode", "color")
        recipe = with_setting(recipe, "background.color", arguments.background)
    return recipe
