"""Tell hair, skin, clothes and things apart in a square of a picture.

MediaPipe's multi-class selfie segmentation: six classes for each of 256 × 256 places. It was made
for a head and shoulders that fill the square, and cannot be enlarged.
"""

from typing import Final

import numpy as np

from freckle.vision.session import Tensor, session

SIDE: Final = 256
"""Width and height of the network's input and answer in pixels."""
BACKGROUND, HAIR, BODY_SKIN, FACE_SKIN, CLOTHES, OTHERS = range(6)
"""The classes, in the answer's order; `OTHERS` is what is worn or held: glasses, hats, jewelry."""


def load() -> None:
    """Load the network, so that it is at hand when a face has been found."""
    session("parser")


def parse(square: Tensor) -> Tensor:
    """Return how surely each place of a 256 × 256 × 3 picture (sRGB, 0..1) is of each class.

    The answer is 256 × 256 × 6, 0..1, and sums to 1 over the classes.
    """
    logits = session("parser")(square)[SIDE * SIDE * 6].reshape(-1, 6)
    shares = np.ascontiguousarray(logits.T)  # class by class it takes a tenth of the time
    shares -= shares.max(axis=0)
    np.exp(shares, out=shares)
    shares /= shares.sum(axis=0)
    return np.moveaxis(shares.reshape(6, SIDE, SIDE), 0, 2)
