"""Distances on a grid, the same to the bit with any number of threads."""

import cv2
import numpy as np
import numpy.typing as npt

from freckle.pixels.color import Floats


def distance(free: npt.NDArray[np.uint8]) -> Floats:
    """Return how far each cell is from the nearest one that is 0, in cells.

    Felzenszwalb and Huttenlocher 2004. OpenCV rounds the last bit by how it cuts the grid into
    strips; squares of distances are whole numbers, which settles it.
    """
    found = cv2.distanceTransform(free, cv2.DIST_L2, cv2.DIST_MASK_PRECISE)
    return np.asarray(np.sqrt(np.rint(np.square(found, dtype=np.float64))), np.float32)
