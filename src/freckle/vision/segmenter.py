"""Tell a person from the background, coarsely."""

import cv2
import numpy as np

from freckle.vision.pyramid import RGB8
from freckle.vision.session import Tensor, session

SIDE = 256


def person_mask(rgb8: RGB8) -> Tensor:
    """Return how surely each place of an H × W × 3 picture shows a person: 256 × 256, 0..1.

    The mask spans the whole picture, so its pixels are as wide as the picture is; the network
    expects a crop that a head and shoulders fill. Good for "person or not", too coarse for hair.
    """
    square = cv2.resize(rgb8, (SIDE, SIDE), interpolation=cv2.INTER_AREA)
    outputs = session("person")((square * np.float32(1 / 255)).astype(np.float32))
    return outputs[SIDE * SIDE].reshape(SIDE, SIDE)
