"""Which tools changed a face, and how far: in figures and in one line."""

from collections.abc import Iterable, Sequence
from typing import Final, get_args

from freckle.ops.catalogue import BY_NAME
from freckle.ops.op import AnyOp
from freckle.render.deeds import Deed
from freckle.report.figures import Changed, FaceFigures, WorkKind

LIGHT: Final = frozenset({"warmth", "skin_hue", "skin_lightness"})
"""Tools beside those of the group Light that change a face's light and not its skin."""
TITLES: Final[dict[WorkKind, str]] = {
    "skin": "Skin",
    "light": "Light",
    "makeup": "Makeup",
    "shape": "Shape",
    "hand": "By hand",
    "picture": "Whole picture",
}
NAMED: Final[tuple[WorkKind, ...]] = ("shape", "makeup", "light", "hand", "picture")
"""Kinds that the one line names: what it says of texture and tone does not tell of them."""
HELD: Final = 1.0
"""Mean shift of L* that cannot be seen."""
JOINT: Final = " · "


def kind_of(op: AnyOp) -> WorkKind:
    """Return what a tool changes."""
    if op.panel == "makeup":
        return "makeup"
    if op.panel == "reshape":
        return "shape"
    if op.panel == "brush":
        return "hand"
    if op.panel in ("adjust", "background", "crop", "upscale"):
        return "picture"
    return "light" if op.group == "Light" or op.name in LIGHT else "skin"


def changes(deeds: Iterable[Deed]) -> tuple[Changed, ...]:
    """Return what tools did as the report says it, in the order in which they worked."""
    return tuple(
        Changed(
            op=deed.op,
            label=op.label,
            panel=op.panel,
            kind=kind_of(op),
            delta_e=None if deed.delta_e is None else round(deed.delta_e, 2),
            moved=None if deed.moved is None else round(deed.moved, 2),
        )
        for deed in deeds
        for op in (BY_NAME[deed.op],)
    )


def named(changed: Iterable[Changed]) -> list[str]:
    """Name the tools that changed more than skin, kind by kind."""
    listed = list(changed)
    found = []
    for kind in NAMED:
        labels = dict.fromkeys(one.label.lower() for one in listed if one.kind == kind)
        if labels:
            found.append(f"{TITLES[kind]}: {', '.join(labels)}")
    return found


def line(faces: Sequence[FaceFigures], whole: Sequence[Changed] = ()) -> str:
    """Say what was done in one line: texture and tone, what else was changed, the whole picture."""
    done = [face for face in faces if face.retouched or face.changed]
    kept = [face.texture.kept for face in done if face.texture.kept is not None]
    shifts = [face.tone.lightness for face in done if face.tone.lightness is not None]
    parts = [f"texture kept {min(kept):.0f} %"] if kept else []
    if shifts:
        most = max(shifts, key=abs)
        parts.append("tone held" if abs(most) < HELD else f"tone moved by {most:+.1f} L*")
    skin = ", ".join(parts)
    rest = named([*(one for face in done for one in face.changed), *whole])
    return JOINT.join(filter(None, [skin[:1].upper() + skin[1:], *rest])) or "Nothing changed"


def rows(changed: Sequence[Changed]) -> list[tuple[str, str]]:
    """Return the rows of a table: for each kind of work its tools, and how far they went."""
    found = []
    for kind in get_args(WorkKind):
        tools = [one for one in changed if one.kind == kind]
        if tools:
            found.append((TITLES[kind].lower(), "; ".join(map(_reach, tools))))
    return found


def _reach(one: Changed) -> str:
    label = one.label.lower()
    if one.moved is not None:
        return f"{label} {one.moved:.1f} % of the face's width"
    return label if one.delta_e is None else f"{label} ΔE {one.delta_e:.1f}"
