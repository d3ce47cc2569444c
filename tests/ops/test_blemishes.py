"""Which marks go with an inflamed one: its vessels do, what lies before or beside it does not."""

from types import SimpleNamespace
from typing import Any

import pytest

from freckle.analysis.spot import Spot
from freckle.ops.blemishes import Blemishes, choose


def spot(x: float, kind: Any, contrast: tuple[float, float, float], **values: Any) -> Spot:
    usual = {"radius": 6.0, "strength": 4.0, "visible": 6.0, "odds": -4.0}
    return Spot(x=x, y=0, kind=kind, contrast=contrast, confidence=0.5, **{**usual, **values})


PIMPLE = spot(0, "red", (0.09, 0.53, 0.52), radius=20, strength=12, visible=19, odds=5)


@pytest.mark.parametrize(
    ("beside", "goes"),
    [
        (spot(35, "red", (0.02, 0.17, 0.12), doubt="line"), True),  # a vessel of its rim
        (spot(18, "brown", (0.03, 0.18, 0.24), doubt="line"), True),  # a red dot in it
        (spot(45, "red", (0.02, 0.17, 0.12), doubt="line"), False),  # too far to be its own
        (spot(18, "red", (0.15, 0.33, 0.30), doubt="line"), False),  # a fold is mostly dark
        (spot(18, "red", (0.02, 0.17, 0.12), doubt="hair"), False),
        (spot(18, "mole", (0.02, 0.17, 0.12), doubt="line"), False),
    ],
)
def test_vessels_of_an_inflamed_mark_go_with_it(beside: Spot, goes: bool) -> None:
    assert choose(Blemishes(amount=70), scene(PIMPLE, beside)) == ((0, 1) if goes else (0,))


def scene(*marks: Spot) -> Any:
    regions = SimpleNamespace(colorless=False, skin=SimpleNamespace(lab=(66.0, 12.0, 16.0)))
    frame = SimpleNamespace(to_photo=SimpleNamespace(scale=1.0))
    return SimpleNamespace(marks=marks, regions=regions, unit=1000, frame=frame)


@pytest.mark.parametrize(
    ("apart", "strength", "goes"), [(6, 4, False), (16, 4, True), (6, 9, True)]
)
def test_a_red_fringe_of_a_brown_mark_is_no_pimple(
    apart: float, strength: float, goes: bool
) -> None:
    """JPEG breaks a mole's color into blocks; a pimple beside it, or a stronger one, is one."""
    mole = spot(0, "brown", (0.10, 0.19, 0.30), strength=8, visible=8, odds=3)
    red = spot(apart, "red", (0.07, 0.30, 0.28), strength=strength, visible=7.5, odds=2)
    assert choose(Blemishes(amount=70), scene(mole, red)) == ((1,) if goes else ())
