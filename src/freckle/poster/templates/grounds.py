"""Grounds that several templates share: a picture under type, a picture beside a panel."""

from typing import Final, Literal

from freckle.poster.layers import Shade
from freckle.poster.room import Room
from freckle.poster.stage import Stage

Side = str
"""left, right, top or bottom."""


def hero(  # noqa: PLR0913 - what a photo under type needs
    stage: Stage,
    side: Side,
    head: tuple[float, float, float],
    least: float,
    *,
    behind: str = "words",
    color: str = "ink",
    tint: Literal["none", "mono", "duotone"] = "none",
    floor: float = 0.0,
) -> Room:
    """Lay a photo over the whole sheet and return where type may stand on one side of faces.

    Where faces leave less than a share `least` of the safe area, the photo gets smaller and a
    panel of color takes the type. `floor` is the veil's least strength.
    """
    if not stage.subjects:
        stage.shape("ground", stage.bled, color)
        return _end(stage, side, max(least, 0.6))
    lying = stage.photo("portrait", stage.bled, head, tint=tint)
    zone = stage.clear(lying, side)
    if lying is not None and lying.head is None:
        zone = _end(stage, side, 0.5)
    full, have = (stage.safe.h, zone.h) if side in ("top", "bottom") else (stage.safe.w, zone.w)
    if have >= least * full:
        shade = Shade(side=side, color=color, behind=behind, strength=floor)
        stage.veil("portrait", shade)
        return zone
    stage.layers.pop()
    return beside(stage, side, least, head=(0.5, 0.46, 0.55), color=color, tint=tint)


def beside(
    stage: Stage,
    side: Side,
    share: float,
    *,
    head: tuple[float, float, float],
    color: str,
    tint: Literal["none", "mono", "duotone"] = "none",
) -> Room:
    """Lay a panel of color over a share of the sheet at a side, the photo over the rest.

    Returns where type may stand on the panel.
    """
    page, bled = stage.page, stage.bled
    share = _sparing(stage, side, share)
    size = share * (page.h if side in ("top", "bottom") else page.w)
    rest = {"left": "right", "right": "left", "top": "bottom", "bottom": "top"}[side]
    over = {"top": bled.h - page.h, "left": bled.w - page.w}.get(rest, bled.h - page.h) / 2
    whole = bled.h if side in ("top", "bottom") else bled.w
    stage.shape("panel", bled.cut(side, size + over), color)
    stage.photo("portrait", bled.cut(rest, whole - size - over), head, tint=tint)
    pad = 4.2 * stage.u
    panel = page.cut(side, size)
    inner = {
        "bottom": Room(panel.x, panel.y + pad, panel.w, panel.h - pad),
        "top": Room(panel.x, panel.y, panel.w, panel.h - pad),
        "left": Room(panel.x, panel.y, panel.w - pad, panel.h),
        "right": Room(panel.x + pad, panel.y, panel.w - pad, panel.h),
    }[side]
    return inner.meets(stage.safe)


def _sparing(stage: Stage, side: Side, share: float) -> float:
    """Return a smaller share for the panel where the photo's place would cut the head."""
    head = stage.subject().head if stage.subjects else None
    if head is None or side not in ("top", "bottom"):
        return share
    needed = head.h * stage.bled.w / stage.subject().size[0] / 0.94
    return max(min(share, 1 - needed / stage.page.h), min(share, 0.36))


def _end(stage: Stage, side: Side, share: float) -> Room:
    size = share * (stage.safe.h if side in ("top", "bottom") else stage.safe.w)
    return stage.safe.cut(side, size)


def foot(stage: Stage, height: float) -> Room:
    """Return the lowest strip of the safe area, in units."""
    return stage.safe.cut("bottom", height * stage.u)


def corner(stage: Stage, size: float = 13) -> Room:
    """Return the square for a code in the lower right corner."""
    side = size * stage.u
    return Room(stage.safe.right - side, stage.safe.bottom - side, side, side)


MARKS: Final = '“”„"«»'


def bare(said: str) -> str:
    """Return a quote without quotation marks around it."""
    return said.strip().strip(MARKS).strip()


def quoted(said: str) -> str:
    """Return a quote in quotation marks, whichever it came with."""
    return f"“{bare(said)}”" if bare(said) else ""
