"""Compare two pictures as an eye would, and show where they differ."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
from PIL import Image
from skimage.color import deltaE_ciede2000, rgb2lab

from tests.golden.cases import HERE, RGB8, Tolerance

FAILED = HERE / "failed"


@dataclass(frozen=True, slots=True, eq=False)
class Difference:
    """How far two pictures are apart; `each` is ΔE (CIE 2000) per pixel."""

    each: npt.NDArray[np.float64]

    @property
    def most(self) -> float:
        """What 99.9 % of the pixels stay below."""
        return float(np.quantile(self.each, 0.999))

    @property
    def peak(self) -> float:
        """The largest."""
        return float(self.each.max())

    def within(self, tolerance: Tolerance) -> bool:
        """Whether the pictures count as the same."""
        return self.most <= tolerance.most and self.peak <= tolerance.peak

    def __str__(self) -> str:
        return f"ΔE: 99.9 % below {self.most:.2f}, largest {self.peak:.2f}"


def compare(actual: RGB8, expected: RGB8) -> Difference:
    """Measure the difference of two pictures of the same size."""
    if actual.shape != expected.shape:
        raise ValueError(f"The pictures' sizes differ: {actual.shape} and {expected.shape}.")
    return Difference(np.asarray(deltaE_ciede2000(rgb2lab(actual), rgb2lab(expected))))


def show(name: str, actual: RGB8, expected: RGB8, difference: Difference) -> Path:
    """Write actual, expected and heat map side by side, and the actual picture; return the first.

    The heat map is black where nothing differs and white from ΔE 4 on.
    """
    FAILED.mkdir(exist_ok=True)
    heat = np.clip(difference.each / 4, 0, 1)
    map_ = np.dstack([np.clip(heat * 3 - k, 0, 1) for k in range(3)])
    beside = FAILED / f"{name}.actual-expected-heat.png"
    row = np.hstack([actual, expected, np.rint(255 * map_).astype(np.uint8)])
    enlarged = np.kron(row, np.ones((3, 3, 1), np.uint8))
    Image.fromarray(enlarged).save(beside)
    return beside


def read(path: Path) -> RGB8:
    """Read a picture."""
    with Image.open(path) as image:
        return np.asarray(image.convert("RGB"))
