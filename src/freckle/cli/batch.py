"""`freckle batch`: many photos in, each one out, whatever becomes of some of them."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from freckle.batch.journal import NAME, Journal
from freckle.batch.names import EACH, PLAIN, Names, check_template, originals_of
from freckle.batch.order import Order
from freckle.batch.report import Report
from freckle.batch.run import Outcome, Run
from freckle.batch.sources import Source, sources_of
from freckle.batch.work import WHERE, order_of
from freckle.cli.exits import OK, SOME
from freckle.cli.export_arguments import signing_of
from freckle.cli.parser import Arguments, UsageError
from freckle.cli.planning import with_plans
from freckle.cli.settings import recipe_from
from freckle.cli.terminal import note, say
from freckle.cli.throughput import Throughput, duration
from freckle.disk import sweep
from freckle.errors import OutputError, Refusal
from freckle.jobs.engines import engine
from freckle.jobs.job import Engine
from freckle.recipe.exports import export
from freckle.render.finish import check_holds
from freckle.storage.opening import is_address

NOTED: Final = "{count} with something to know about them; --report DIR says what."


def run(arguments: Arguments) -> int:
    """Retouch many photos. Raises `RecipeError`, `OutputError`, `StorageError` or `UsageError`."""
    order = order_from(arguments)
    out = folder_of(arguments)
    leave = None if is_address(out) else Path(out)
    sources = sources_of(arguments.inputs, recursive=arguments.recursive, leave=leave)
    if not sources:
        raise Refusal(
            "not_an_image",
            f"There are no pictures in {', '.join(arguments.inputs)[:200]}.",
            "Name files, folders (-r for those inside them) or patterns.",
        )
    names = names_of(arguments, order, out, sources)
    sources = with_plans(arguments, sources)
    progress = Throughput(len(sources), wanted=not arguments.quiet)
    with work_on(arguments, names, progress, resume=arguments.resume) as set_:
        set_.run.work(sources, set_.hear)
    return set_.code


@dataclass(slots=True)
class Set:
    """A set that is being worked on."""

    run: Run
    report: Report
    progress: Throughput
    heard: Callable[[Outcome], None] = lambda _: None

    @property
    def code(self) -> int:
        """The exit code."""
        return SOME if self.report.counts["failed"] else OK

    def hear(self, outcome: Outcome | None) -> None:
        """Take in what came of a photo, or that time has passed."""
        if outcome is not None:
            self.report.hear(outcome)
            self.heard(outcome)
            if outcome.status == "failed":
                name = outcome.source.id
                self.progress.complain(f"{name}: {outcome.reason}", outcome.code)
        self.progress.hear(None if outcome is None else outcome.status)


@contextmanager
def work_on(
    arguments: Arguments, names: Names, progress: Throughput, *, resume: bool
) -> Iterator[Set]:
    """Open the journal and start the engine; in the end say what came of it, come what may."""
    journal = Journal(journal_of(arguments, names.out))
    report = Report(arguments.report)
    started: Engine | None = None
    whole = False
    try:
        known = journal.begin(names.naming, resume=resume)
        if not (known.finished or resume):
            note("An earlier set here was not finished; --resume would have gone on with it.")
        _swept(names.out, known.targets.values())
        started = engine(arguments.engine, WHERE, workers=arguments.jobs, address=arguments.address)
        yield Set(Run(started, names, journal, known), report, progress)
        whole = True
    finally:
        if started is not None:
            started.close()
        journal.close()
        progress.clear()
        report.write(progress.seconds)
        _conclude(arguments, report, progress, whole=whole)


def order_from(arguments: Arguments) -> Order:
    """Return what shall be done. Raises `RecipeError` or `OutputError`."""
    everyone = [one.text for one in arguments.settings]
    presets = arguments.presets or (["none"] if arguments.exports and not arguments.recipe else [])
    recipe = recipe_from(presets, arguments.recipe, everyone)
    for name in arguments.exports:
        export(name)
    if arguments.format is not None:
        check_holds(recipe, arguments.format)
    signs = signing_of(arguments) is not None
    return order_of(
        recipe,
        disclose=arguments.disclose,
        certificate=str(arguments.sign.absolute()) if signs else "",
        private_key=str(arguments.key.absolute()) if signs else "",
        style_only=arguments.style_only,
        format=arguments.format,
        quality=arguments.quality,
        strip_gps=arguments.strip_gps,
        strip_metadata=arguments.strip_metadata,
        keep_blocks=arguments.keep_blocks,
        sidecar=arguments.sidecar,
        exports=tuple(dict.fromkeys(arguments.exports)),
        report=arguments.report is not None,
    )


def names_of(arguments: Arguments, order: Order, out: str, sources: Iterable[Source] = ()) -> Names:
    """Return who gives names. Raises `RecipeError`."""
    template = arguments.template or (EACH if order.exports else PLAIN)
    sources = list(sources)
    read = [Path(name) for name in arguments.presets if Path(name).exists()]
    read += [arguments.recipe] if arguments.recipe else []
    read += [arguments.roster] if getattr(arguments, "roster", None) else []
    return Names(
        out,
        order,
        check_template(template, order.exports),
        arguments.conflict,
        originals_of(sources, read),
        max(4, len(str(len(sources)))),
    )


def folder_of(arguments: Arguments) -> str:
    """Return where results go. Raises `OutputError` when that is no folder."""
    out: str = arguments.output
    if not is_address(out):
        path = Path(out)
        if path.exists() and not path.is_dir():
            raise OutputError(f"{path.name!r} is a file.", "Give a folder with -o.")
        return str(path.absolute())
    return out


def journal_of(arguments: Arguments, out: str) -> Path:
    """Return where the journal lies. Raises `UsageError`."""
    if arguments.journal is not None:
        return Path(arguments.journal)
    if is_address(out):
        raise UsageError(
            "Results that go to a store need --journal FILE, which --resume goes on from."
        )
    return Path(out) / NAME


def _swept(out: str, promised: Iterable[object]) -> None:
    """Remove what a crash left half-written where results go."""
    if is_address(out):
        return
    folders = {Path(str(place)).parent for targets in promised for place in targets}  # type: ignore[attr-defined]
    for folder in folders | {Path(out)}:
        sweep(folder)


def _conclude(arguments: Arguments, report: Report, progress: Throughput, *, whole: bool) -> None:
    counts = report.counts
    if whole and report.noted and arguments.report is None and not arguments.quiet:
        note(NOTED.format(count=report.noted))
    if not whole and report.total:
        note(f"Stopped after {report.total} photos; the same command with --resume goes on.")
    if whole and not arguments.quiet:
        words = {"done": "done", "kept": "done before", "skipped": "skipped", "failed": "failed"}
        parts = [f"{counts[status]} {word}" for status, word in words.items() if counts[status]]
        rate = counts["done"] / max(progress.seconds, 1e-3)
        pace = f", {rate:.2f} photos a second" if counts["done"] else ""
        say(f"{', '.join(parts) or 'nothing came'} in {duration(progress.seconds)}{pace}.")
