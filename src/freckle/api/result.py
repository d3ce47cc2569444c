"""What came of a retouch: the picture, its proof, and the way into a file."""

import hashlib
from dataclasses import dataclass, replace
from functools import cached_property
from os import PathLike
from pathlib import Path
from typing import Any, Unpack

import numpy as np
import numpy.typing as npt

from freckle.api import remarks
from freckle.api.keeping import keeping, original_of
from freckle.api.photos import OpenedPhoto
from freckle.api.saving import Options, options_of, target_of
from freckle.codec import SaveOptions, atomic_write, check_target, encode, notices, same_file
from freckle.codec.arrays import to_values
from freckle.codec.credentials import Signing
from freckle.codec.endings import check_format, ending_note
from freckle.codec.files import read_file
from freckle.codec.pillow import Picture, to_image
from freckle.codec.saving import chosen_format
from freckle.errors import OutputError, Refusal
from freckle.photo import Format, Photo
from freckle.recipe.exports import Export, export
from freckle.recipe.recipe import Recipe
from freckle.render.enlarge import delivered
from freckle.render.export import exported, format_of, heads_in
from freckle.render.export import options_of as file_options
from freckle.render.finish import check_holds
from freckle.render.render import Rendering
from freckle.report.figures import Report

Bytes = npt.NDArray[np.uint8]


@dataclass(frozen=True, eq=False, repr=False)
class Result:
    """A retouched photo, and everything that can be said about it."""

    photo: OpenedPhoto
    """The original."""
    recipe: Recipe
    """What was done: the settings of everybody, with the keys of this photo's people."""
    rendering: Rendering

    def __repr__(self) -> str:
        """Say in short what was done."""
        return f"<result of {self.photo!r}: {self.summary}>"

    @cached_property
    def content(self) -> Photo:
        """Pixels, color profile and metadata, at the size that was asked for."""
        return delivered(self.rendering.photo, self.recipe)

    @property
    def before(self) -> Photo:
        """The original, cropped and turned as the result is."""
        return self.rendering.before(self.photo.content)

    @cached_property
    def unchanged(self) -> bool:
        """Whether every pixel is the original's."""
        after, before = self.content, self.photo.content
        return after is before or (
            all(each.box.empty and not each.scene.healed for each in self.rendering.people)
            and (after.alpha is None) == (before.alpha is None)
            and np.array_equal(after.pixels, before.pixels)
        )

    @property
    def summary(self) -> str:
        """What was done, in one line."""
        if self.unchanged:
            return "unchanged"
        people = [p for p in self.rendering.people if p.scene.healed or not p.box.empty]
        healed = sum(len(each.scene.healed) for each in people)
        faces = f"{len(people)} face{'' if len(people) == 1 else 's'}"
        marks = f"{healed} mark{'' if healed == 1 else 's'}"
        from freckle.report.changes import JOINT, changes, named  # noqa: PLC0415 - after the work

        deeds = [deed for each in people for deed in each.deeds]
        others = named(changes([*deeds, *self.rendering.deeds]))
        retouched = [f"{faces} retouched, {marks} healed"] if people else []
        return JOINT.join([*retouched, *others])

    @cached_property
    def report(self) -> Report:
        """The figures of every face, measured when first asked for."""
        from freckle.report.measure import report_of  # noqa: PLC0415 - only when asked for

        before = self.photo
        with before.lock:
            done = self.rendering
            return report_of(
                before.content, before.portrait, self.recipe, done.people, done.deeds, done.cleaned
            )

    @cached_property
    def notices(self) -> tuple[str, ...]:
        """Sentences that people should read: who was left alone and why, what stopped where."""
        lost = () if self.unchanged else self.content.dropped
        return (*self.photo.warnings, *lost, *self.sentences(remarks.IN_PYTHON))

    def sentences(self, remedies: remarks.Remedies, *, people: bool = True) -> list[str]:
        """Return the notices without those of the file; `people` asks for those on people."""
        if self.recipe.neutral:
            return [
                *remarks.locks(self.recipe, remedies),
                f"{remarks.NOTHING}; {remedies.unchanged}",
            ]
        portrait = self.photo.portrait
        found = remarks.locks(self.recipe, remedies)
        found += remarks.missing(self.recipe, portrait, remedies)
        if people:
            found += remarks.people(portrait, self.recipe, self.rendering.people)
        if self.rendering.cleaned is not None:
            found.append(self.rendering.cleaned.sentence)
        if self.unchanged and not self.rendering.people:
            found.append(f"{remarks.reason(portrait, self.recipe, remedies)}; {remedies.unchanged}")
        return found

    def save(
        self,
        path: str | PathLike[str],
        signing: Signing | None = None,
        *,
        disclose: bool = False,
        **options: Unpack[Options],
    ) -> tuple[str, ...]:
        """Write the photo, whole or not at all; return in sentences what the file cannot hold.

        Format, depth, quality, profile and metadata are the input's unless the path's ending or
        an option says otherwise. `signing` adds Content Credentials, `disclose` a plain line on
        what was done. The original is never written to. Raises `OutputError`.
        """
        target = target_of(path)
        self._check(target)
        content, lost = self.file(target, signing, disclose=disclose, **options)
        atomic_write(target, content)
        return lost

    def file(
        self,
        path: str | PathLike[str],
        signing: Signing | None = None,
        *,
        disclose: bool = False,
        **options: Unpack[Options],
    ) -> tuple[bytes, tuple[str, ...]]:
        """Return the bytes that `save` writes to a path, and in sentences what is lost in them.

        Raises `OutputError`.
        """
        target = target_of(path)
        chosen = self._disclosing(options_of(options), wanted=disclose)
        check_format(self.content, target, chosen)
        check_holds(self.recipe, chosen_format(self.content, target, chosen))
        content = self._originals_bytes(target, chosen)
        kind = chosen_format(self.content, target, chosen)
        lost: tuple[str, ...] = ()
        if content is None:
            kept, why = keeping(self.photo, self.content, kind, chosen)
            content = encode(self.content, replace(kept, format=kind))
            lost = (*notices(self.content, target, kept), *why)
        note = ending_note(self.content, target, chosen)
        return self._signed(content, kind, signing), (*lost, *([] if note is None else [note]))

    def export(
        self,
        path: str | PathLike[str],
        preset: str | Export,
        signing: Signing | None = None,
        *,
        disclose: bool = False,
    ) -> tuple[str, ...]:
        """Write the photo as an export preset wants it; return what the file cannot hold.

        Shape with the head in its place, size, color space, sharpening, metadata; `EXPORTS` in
        `recipe/exports.py` lists the presets. Raises `OutputError`.
        """
        target = target_of(path)
        self._check(target)
        wanted = export(preset) if isinstance(preset, str) else preset
        content, lost = self.exported(target, wanted, signing, disclose=disclose)
        atomic_write(target, content)
        return lost

    def exported(
        self,
        path: str | PathLike[str],
        preset: str | Export,
        signing: Signing | None = None,
        *,
        disclose: bool = False,
    ) -> tuple[bytes, tuple[str, ...]]:
        """Return the bytes that `export` writes to a path, and in sentences what is lost in them.

        Raises `OutputError`.
        """
        wanted = export(preset) if isinstance(preset, str) else preset
        target = target_of(path)
        heads = heads_in(self.rendering, self.photo.portrait, self.content.width)
        finished = exported(self.content, wanted, heads)
        chosen = self._disclosing(file_options(finished, wanted), wanted=disclose)
        named = replace(chosen, format=chosen_format(finished, target, chosen))
        data = self._signed(encode(finished, named), format_of(self.content, wanted), signing)
        return data, notices(finished, target, chosen)

    @property
    def disclosure(self) -> str:
        """What was done, in one plain line: skin retouched; shape unchanged."""
        from freckle.report.telling import line_of  # noqa: PLC0415 - only when asked for

        return line_of(self.rendering)

    def _disclosing(self, options: SaveOptions, *, wanted: bool) -> SaveOptions:
        if not wanted:
            return options
        from freckle.report.telling import disclosing  # noqa: PLC0415 - only when asked for

        return disclosing(options, self.rendering)

    def _signed(self, data: bytes, kind: Format, signing: Signing | None) -> bytes:
        """Return a file's bytes, with Content Credentials where somebody signs."""
        if signing is None:
            return data
        from freckle.report.telling import Origin, with_credentials  # noqa: PLC0415 - if asked for

        photo, original = self.photo, original_of(self.photo)
        origin = Origin(
            title=photo.path.name if photo.path else "photo",
            format=photo.content.source.format,
            data=None if original is None else original.data,
        )
        return with_credentials(data, kind, signing, origin, self.rendering)

    def _check(self, target: Path) -> None:
        """Refuse a place where no file can be put, and the original's own."""
        source = self.photo.path
        if source is not None and same_file(target, source):
            raise OutputError(
                f"{target.name!r} is the original itself, which freckle never writes to.",
                "Choose another name.",
            )
        check_target(target)

    def encode(self, **options: Unpack[Options]) -> bytes:
        """Return the photo as a file's bytes; options as for `save`. Raises `OutputError`."""
        chosen = options_of(options)
        check_holds(self.recipe, chosen.format or self.content.source.format)
        return encode(self.content, chosen)

    def _originals_bytes(self, target: Path, options: SaveOptions) -> bytes | None:
        """Return the original file's bytes if they are what was asked for."""
        photo, path = self.photo.content, self.photo.path
        asked = replace(options, keep_blocks=False) != SaveOptions(format=options.format)
        turned = photo.source.orientation != 1
        other = chosen_format(photo, target, options) != photo.source.format
        data = self.photo.data
        if (path is None and data is None) or asked or turned or other or not self.unchanged:
            return None
        if path is None:
            return data
        try:
            content = read_file(path)
        except Refusal:  # gone by now; the pixels are here
            return None
        same = hashlib.sha256(content).hexdigest() == photo.source.digest
        return content if same else None

    def to_array(self) -> npt.NDArray[Any]:
        """Return the pixels as a new array, in the form in which the photo came.

        Height × width × 3, × 4 with transparency, height × width if the photo is gray; uint8 or
        uint16 as the file, or shape and type of the array that it came from. The numbers are in
        the photo's own color space, and the original's to the bit where nothing changed.
        """
        return to_values(self.content, self.photo.form, self.photo.content)

    def to_pillow(self) -> Picture:
        """Return the pixels as a Pillow picture, profile and metadata in its `info`.

        L, LA, RGB or RGBA with 8 bits, since Pillow holds no more; gray with 16 bits as I;16.
        """
        return to_image(self.content)

    def comparison(self) -> Bytes:
        """Return before | after, reduced to 1600 × 1200 each (8-bit sRGB)."""
        from freckle.report.compare import compare  # noqa: PLC0415 - only when asked for

        return compare(self.before, self.rendering.photo)

    def heatmap(self) -> Bytes:
        """Return where how much changed, drawn over the gray photo (8-bit sRGB)."""
        from freckle.report.heatmap import heatmap  # noqa: PLC0415 - only when asked for

        return heatmap(self.before, self.rendering.photo)
