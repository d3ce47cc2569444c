"""A report as a readable table."""

from freckle.report.changes import line
from freckle.report.changes import rows as done
from freckle.report.figures import FaceFigures, Report, Stop

OPENS = "--set lock.natural=off"
"""How the natural lock is opened on the command line."""
KINDS = {
    "red": "blemishes",
    "brown": "freckles",
    "mole": "moles",
    "scar": "scars",
    "added": "added by hand",
}


def readable(report: Report) -> str:
    """Return the report as plain text, one aligned table a face."""
    blocks = [_face(number, face) for number, face in enumerate(report.faces, 1)]
    if not report.faces:
        rest = "" if report.changed else "; nothing was changed"
        blocks.append(f"No face was found{rest}.")
    blocks += [f"{name.capitalize()}: {said}" for name, said in done(report.changed)]
    if not report.natural_lock:
        blocks.append("The natural lock was off.")
    blocks += [sentence(stop) for stop in report.stopped]
    blocks += report.notices
    if report.faces or report.changed:
        blocks.append(line(report.faces, report.changed))
    return "\n".join(blocks)


def sentence(stop: Stop, how: str = OPENS) -> str:
    """Say that the natural lock stopped a slider, and how it is opened."""
    slider = stop.label if stop.param == "amount" else f"{stop.label}, {stop.param}"
    return (
        f"{slider} {stop.asked:g} stops at {stop.held:g}, where a retouch stops looking natural. "
        f"Open it with {how}."
    )


def _face(number: int, face: FaceFigures) -> str:
    x, y, width, height = face.box
    title = f"Face {number} ({face.key}), {width} × {height} px at {x}, {y}"
    if not (face.retouched or face.changed):
        why = face.verdict.reason
        return f"{title}\n  {f'left alone: {why}' if why else 'unchanged'}"
    rows = [*_texture(face), *_color(face), *_marks(face), *_change(face), *done(face.changed)]
    wide = max(len(name) for name, _ in rows)
    return "\n".join([title, *(f"  {name.ljust(wide)}  {said}" for name, said in rows)])


def _texture(face: FaceFigures) -> list[tuple[str, str]]:
    texture = face.texture
    least = ""
    if texture.least is not None and texture.least_where is not None:
        least = f"   (least {texture.least:.0f} %: {texture.least_where})"
    energies = "  ".join(_plain(band.energy, ".2f") for band in texture.bands)
    sizes = "  ".join(f"{band.sigma:g}".lstrip("0").rjust(4) for band in texture.bands)
    return [
        ("texture kept", f"{_plain(texture.kept, '.1f')} %{least}"),
        ("same pores", f"{_plain(texture.honesty, '.3f')}   (correlation)"),
        ("energy at size", sizes),
        ("after / before", energies),
    ]


def _color(face: FaceFigures) -> list[tuple[str, str]]:
    tone = face.tone
    moved = [f"L* {_plain(tone.lightness, '+.2f')}"]
    if tone.hue is not None:
        moved += [f"hue {_plain(tone.hue, '+.2f')}°", f"ITA {_plain(tone.ita, '+.2f')}°"]
    rows = [("skin tone", "   ".join(moved))]
    if face.blotch.reduction is not None:
        rows.append(("blotch", f"{-face.blotch.reduction:+.0f} %"))
    return rows


def _marks(face: FaceFigures) -> list[tuple[str, str]]:
    parts = [
        f"{KINDS[kind]} {count.healed} healed, {count.kept} kept"
        for kind, count in face.counts.items()
        if count.healed or count.kept
    ]
    return [("marks", "; ".join(parts) or "none found")]


def _change(face: FaceFigures) -> list[tuple[str, str]]:
    if face.strongest is None:
        return []
    at = face.strongest
    return [("strongest", f"ΔE {at.delta_e:.1f} at {at.x:.0f}, {at.y:.0f} ({at.where})")]


def _plain(value: float | None, form: str) -> str:
    return "–" if value is None else format(value, form)
