"""`freckle retouch`: one photo in, one photo out, and proof of what changed."""

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np

from freckle.analysis.portrait import Portrait, analyze
from freckle.analysis.verdict import SMALLEST_RETOUCHED, Verdict
from freckle.cli.exits import OK
from freckle.cli.outputs import Outputs, check_format, check_outputs, ending_note, outputs_of
from freckle.cli.parser import Arguments
from freckle.cli.people import check, for_people, named, strangers
from freckle.cli.settings import recipe_from
from freckle.cli.terminal import Progress, note, quiet_libraries
from freckle.codec import SaveOptions, atomic_write, load, notices, save
from freckle.codec.files import read_file
from freckle.codec.saving import chosen_format
from freckle.ops.catalogue import BY_NAME
from freckle.photo import Photo
from freckle.pixels.memory import keep_freed
from freckle.recipe.recipe import Recipe
from freckle.render.render import Rendering, allowed, render


@dataclass(frozen=True, slots=True, eq=False)
class Job:
    """One photo and everything that came of it."""

    photo: Photo
    portrait: Portrait
    recipe: Recipe
    rendering: Rendering

    @property
    def unchanged(self) -> bool:
        """Whether every pixel is the original's."""
        after = self.rendering.photo
        return after is self.photo or (
            all(each.box.empty and not each.scene.healed for each in self.rendering.people)
            and np.array_equal(after.pixels, self.photo.pixels)
        )


def run(arguments: Arguments) -> int:
    """Retouch a photo. Raises `Refusal`, `RecipeError`, `OutputError` or `UsageError`."""
    outputs = outputs_of(arguments)
    check_outputs(arguments.input, outputs)
    everyone = [one.text for one in arguments.settings if one.person is None]
    recipe = recipe_from(arguments.preset, arguments.recipe, everyone)
    check(arguments, recipe)
    options = SaveOptions(
        format=arguments.format,
        quality=arguments.quality,
        strip_gps=arguments.strip_gps,
        strip_metadata=arguments.strip_metadata,
    )
    if arguments.threads is not None:
        cv2.setNumThreads(arguments.threads)
    keep_freed()
    with Progress(_stages(), wanted=not arguments.quiet) as progress:
        job = work(arguments, outputs.photo, recipe, options, progress)
        progress.step()
        deliver(job, arguments.input, outputs.photo, options)
        said = prove(job, outputs)
    tell(job, outputs, options, quiet=arguments.quiet)
    if not arguments.quiet:
        print(said)
    return OK


def _stages() -> list[tuple[str, float]]:
    return [("opening", 0.3), ("finding faces", 0.4), ("retouching", 2.0), ("writing", 0.5)]


def work(
    arguments: Arguments,
    target: Path,
    recipe: Recipe,
    options: SaveOptions,
    progress: Progress,
) -> Job:
    """Open, find people, and render. Raises `Refusal`, `OutputError` or `RecipeError`."""
    progress.step()
    photo = load(arguments.input)
    check_format(photo, target, options)
    progress.step()
    if recipe.neutral and not named(arguments):
        nobody = Portrait(())
        return Job(photo, nobody, recipe, Rendering(photo, ()))
    with quiet_libraries():
        portrait = analyze(photo)
    progress.step()
    recipe = for_people(recipe, arguments, portrait)
    return Job(photo, portrait, recipe, render(photo, portrait, recipe))


def deliver(job: Job, source: Path, target: Path, options: SaveOptions) -> None:
    """Write the photo; an unchanged one as the very bytes of the original, where that is true."""
    if job.unchanged and _as_it_is(job.photo, target, options):
        content = read_file(source)
        if hashlib.sha256(content).hexdigest() == job.photo.source.digest:
            atomic_write(target, content)
            return
    save(job.rendering.photo, target, options)


def _as_it_is(photo: Photo, target: Path, options: SaveOptions) -> bool:
    """Whether the original's own bytes are what was asked for."""
    asked = options.quality or options.strip_gps or options.strip_metadata
    return (
        not asked
        and photo.source.orientation == 1
        and chosen_format(photo, target, options) == photo.source.format
    )


def prove(job: Job, outputs: Outputs) -> str:
    """Write report and pictures as asked; return the summary for people."""
    after = job.rendering.photo
    if outputs.sidecar is not None:
        _write_text(outputs.sidecar, job.recipe.to_json())
    if outputs.compare is not None:
        from freckle.report.compare import compare  # noqa: PLC0415 - only when asked for
        from freckle.report.pictures import write  # noqa: PLC0415

        write(compare(job.photo, after), outputs.compare)
    if outputs.heatmap is not None:
        from freckle.report.heatmap import heatmap  # noqa: PLC0415
        from freckle.report.pictures import write  # noqa: PLC0415

        write(heatmap(job.photo, after), outputs.heatmap)
    if outputs.report is None:
        return summary(job, outputs.photo)
    from freckle.report.measure import report_of  # noqa: PLC0415
    from freckle.report.text import readable  # noqa: PLC0415

    report = report_of(
        job.photo, job.portrait, job.recipe, job.rendering.people, job.rendering.deeds
    )
    _write_text(outputs.report, json.dumps(report.to_plain(), indent=1) + "\n")
    return readable(report)


def _write_text(path: Path, text: str) -> None:
    atomic_write(path, text.encode("utf-8"))


def summary(job: Job, target: Path) -> str:
    """Say in one line what was done."""
    people = [p for p in job.rendering.people if p.scene.healed or not p.box.empty]
    healed = sum(len(each.scene.healed) for each in people)
    faces = f"{len(people)} face{'' if len(people) == 1 else 's'}"
    marks = f"{healed} mark{'' if healed == 1 else 's'}"
    if job.unchanged:
        return f"{target}: unchanged"
    from freckle.report.changes import JOINT, changes, named  # noqa: PLC0415 - after the work

    deeds = [deed for each in people for deed in each.deeds]
    others = named(changes([*deeds, *job.rendering.deeds]))
    retouched = [f"{faces} retouched, {marks} healed"] if people else []
    return f"{target}: {JOINT.join([*retouched, *others])}"


def tell(job: Job, outputs: Outputs, options: SaveOptions, *, quiet: bool) -> None:
    """Say on stderr what a person should know although all went well."""
    for warning in job.photo.warnings:
        note(warning)
    for lost in notices(job.photo, outputs.photo, options):
        note(lost)
    _tell_locks(job.recipe)
    missing = strangers(job.recipe, job.portrait)
    if missing is not None and not job.recipe.neutral:
        note(missing)
    misnamed = ending_note(job.photo, outputs.photo, options)
    if misnamed is not None:
        note(misnamed)
    if not quiet:
        _tell_notices(job)
    reason = _reason(job)
    if reason is not None:
        note(f"{reason}; the photo is written unchanged.")


def _tell_notices(job: Job) -> None:
    """Say who was left alone and why, and which makeup had no place."""
    if job.recipe.neutral or _all_small(job):
        return  # which is said as the reason
    from freckle.report.notices import notices  # noqa: PLC0415 - after the work

    for sentence in notices(job.portrait, job.recipe, job.rendering.people):
        note(sentence)


def _reason(job: Job) -> str | None:
    """Say why nothing was changed; None when something was, or the work came to nothing."""
    keys = set(job.portrait.keys)
    if job.recipe.neutral:
        return "The recipe changes nothing"
    if job.rendering.people or not job.unchanged:
        return None
    if not keys:
        return "No face was found"
    if keys <= set(job.recipe.excluded):
        return "Everybody is left alone"
    if _all_small(job):
        return f"The faces are narrower than {SMALLEST_RETOUCHED:.0f} pixels"
    return "No face can be retouched without being named with --include"


def _all_small(job: Job) -> bool:
    return all(person.verdict is Verdict.TOO_SMALL for person in job.portrait.people)


def _tell_locks(recipe: Recipe) -> None:
    """Say which sliders the locks stop or hold."""
    for step in recipe.steps:
        if not (step.edit.neutral or step.opacity == 0 or allowed(step, recipe)):
            label = BY_NAME[step.edit.op].label
            note(f"{label} rests while the skin tone is locked; --set lock.skin_tone=off opens it.")
    if recipe.locks.natural and recipe.locked() != recipe:
        from freckle.report.measure import stops  # noqa: PLC0415 - rare
        from freckle.report.text import sentence  # noqa: PLC0415

        for stop in stops(recipe):
            note(sentence(stop))
