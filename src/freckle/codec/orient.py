"""Turn stored pixels upright."""

from typing import Final

import cv2

from freckle.codec.channels import as_pixels
from freckle.photo import Pixels

ROTATIONS: Final = {
    3: cv2.ROTATE_180,
    6: cv2.ROTATE_90_CLOCKWISE,
    8: cv2.ROTATE_90_COUNTERCLOCKWISE,
}


def upright(pixels: Pixels, orientation: int) -> Pixels:
    """Apply an EXIF orientation 1..8 to height × width (× channels) pixels, exactly."""
    match orientation:
        case 2:
            return as_pixels(cv2.flip(pixels, 1))
        case 4:
            return as_pixels(cv2.flip(pixels, 0))
        case 5:
            return as_pixels(cv2.transpose(pixels))
        case 7:
            return as_pixels(cv2.flip(cv2.transpose(pixels), -1))
        case 3 | 6 | 8:
            return as_pixels(cv2.rotate(pixels, ROTATIONS[orientation]))
        case _:
            return pixels
