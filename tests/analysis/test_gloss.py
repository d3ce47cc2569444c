"""What shines is brought down to the skin beside it, never below."""

import numpy as np
import pytest

from freckle.analysis.gloss import lit_as_beside


@pytest.mark.parametrize(("beside", "under"), [(82, 82), (60, 70)])
def test_skin_under_glare_is_lit_no_less_than_beside_it(beside: float, under: float) -> None:
    """A forehead brighter than the cheeks kept a bright rim around a dark hole."""
    rim = np.ones((60, 60), np.float32)
    rim[25:35, 25:35] = 0
    soft = np.zeros((60, 60, 3), np.float32)
    soft[..., 0] = np.where(rim > 0, beside, 95)
    base = np.zeros_like(soft) + np.array([70, 14, 20], np.float32)
    found = lit_as_beside(base, soft, rim, 100)
    assert found[30, 30, 0] == pytest.approx(under, abs=0.5)
    ratio = (found[30, 30, 0] + 16) / (70 + 16)
    assert found[30, 30, 1] == pytest.approx(14 * ratio, abs=0.5)  # lit more, the same color
