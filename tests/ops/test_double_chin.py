"""Less weight under the chin: shade first, then the shape."""

from typing import Any

import numpy as np
import pytest

from freckle.analysis import landmarks as lm
from freckle.ops.catalogue import BY_NAME
from freckle.recipe.recipe import Locks, Recipe, Step
from freckle.render.reshape import warp_of
from tests.ops.lit import Case, enlarged, exposed, ratio


@pytest.fixture(scope="module")
def plain(astronaut: Any) -> Case:
    return Case.of(enlarged(astronaut))


def under_the_chin(case: Case, step: float) -> tuple[slice, slice]:
    """A box of the frame so many face widths below the chin."""
    scene = case.person.scene
    x, y = scene.regions.points[lm.CHIN] - step * scene.frame.unit * scene.regions.up
    return slice(int(y) - 4, int(y) + 5), slice(int(x) - 10, int(x) + 11)


def test_the_throat_is_shaded_close_under_the_jaw(plain: Case) -> None:
    """At 70 by at least 3 L* (it was .9), with its color, and less the further down."""
    after = plain.after("double_chin", amount=70)
    near, far = under_the_chin(plain, 0.07), under_the_chin(plain, 0.3)
    change = (after - plain.lab)[..., 0]
    assert change[near].mean() < -3
    assert abs(change[far].mean()) < 0.35 * abs(change[near].mean())
    assert ratio(after)[near].mean() == pytest.approx(ratio(plain.lab)[near].mean(), rel=0.05)


def test_the_jaw_gets_an_edge(plain: Case) -> None:
    after = plain.after("double_chin", amount=70)
    on, off = under_the_chin(plain, -0.03), under_the_chin(plain, 0.06)
    step = [lab[..., 0][on].mean() - lab[..., 0][off].mean() for lab in (plain.lab, after)]
    assert step[1] > step[0] + 3


def test_what_hangs_is_lifted_and_the_jaw_stays(plain: Case) -> None:
    """By .03 face widths at 70 (it was .018), with the identity lock on."""
    edit = BY_NAME["double_chin"].params(amount=70)  # type: ignore[call-arg]
    recipe = Recipe(steps=(Step(edit=edit),), locks=Locks(natural=False))  # type: ignore[arg-type]
    warp = warp_of(plain.person.shape, recipe.steps, recipe)
    assert warp is not None
    face = plain.person.face
    chin = face.landmarks[lm.CHIN, :2]
    low = chin + np.array([0, 0.17 * face.scale], np.float32)
    moved = warp.moved(np.array([chin, low], np.float32)) - [chin, low]
    assert -moved[1, 1] > 0.022 * face.scale
    assert np.abs(moved[0]).max() < 0.006 * face.scale


def test_a_crease_below_the_chin_softens(plain: Case) -> None:
    """Of a planted one 1.00 was left, now .82, beyond what the shade does to all."""
    face = plain.person.face
    at = face.landmarks[lm.CHIN, :2] + np.array([0, 0.1 * face.scale])
    rows, columns = np.mgrid[: plain.pixels.shape[0], : plain.pixels.shape[1]]
    across = (rows - at[1]) / (0.012 * face.scale)
    along = (columns - at[0]) / (0.2 * face.scale)
    case = Case.of(exposed(plain.pixels, 1 - 0.45 * np.exp(-(across**2) - along**4)))
    dips = []
    for with_line, without in ((case.lab, plain.lab), (shade(case), shade(plain))):
        x, y = case.person.scene.frame.to_photo.inverse()(at[None].astype(np.float32))[0]
        u, v = plain.person.scene.frame.to_photo.inverse()(at[None].astype(np.float32))[0]
        on = with_line[int(y) - 2 : int(y) + 3, int(x) - 15 : int(x) + 16, 0].mean()
        off = without[int(v) - 2 : int(v) + 3, int(u) - 15 : int(u) + 16, 0].mean()
        dips.append(float(off - on))
    assert dips[0] > 4
    assert dips[1] < 0.85 * dips[0]


def shade(case: Case) -> Any:
    return case.after("double_chin", amount=70)
