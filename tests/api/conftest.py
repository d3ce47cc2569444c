"""One portrait for all, small, and the folder in which the documentation's examples run."""

import os
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageOps

import freckle
from freckle.api.photos import OpenedPhoto

FOLDER = Path(
    os.environ.get("FRECKLE_PORTRAITS", Path(__file__).parents[3] / "shared" / "portraits")
)
PORTRAIT = "woman_dark_skin_smile_teeth_01.jpg"


@pytest.fixture(scope="session")
def pixels() -> np.ndarray:
    """Eileen Collins (NASA, public domain): head and shoulders, 240 × 256 × 3, uint8."""
    data = pytest.importorskip("skimage.data")
    return np.ascontiguousarray(data.astronaut()[:256, 100:340])


@pytest.fixture(scope="session")
def portrait(pixels: np.ndarray, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("photos") / "face.png"
    Image.fromarray(pixels).save(path)
    return path


@pytest.fixture(scope="session")
def photo(portrait: Path) -> OpenedPhoto:
    return freckle.open(portrait)


@pytest.fixture(scope="session")
def examples(pixels: np.ndarray, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with portrait.jpg, and group.jpg: the same person twice."""
    folder = tmp_path_factory.mktemp("examples")
    image = Image.fromarray(pixels)
    if (FOLDER / PORTRAIT).is_file():
        with Image.open(FOLDER / PORTRAIT) as found:
            image = ImageOps.contain(found.convert("RGB"), (300, 300))
    image.save(folder / "portrait.jpg", quality=92)
    group = Image.new("RGB", (2 * image.width, image.height))
    group.paste(image, (0, 0))
    group.paste(ImageOps.mirror(image), (image.width, 0))
    group.save(folder / "group.jpg", quality=92)
    return folder
