"""Place 478 landmarks on one face.

Attention Mesh (Grishchenko et al., 2020): a trunk gives 468 points of the face and a feature map;
three heads look at the lips and at each eye with its brow, and place those points anew, with five
for each iris. Between trunk and heads the map is sampled here, as the published graph does.
"""

from dataclasses import dataclass

import numpy as np

from freckle.geometry import Affine, Points
from freckle.vision.pyramid import RGB8, Pyramid, upright
from freckle.vision.session import Crop, Tensor, crop, session

SIDE = 192
"""Width and height of the network's input in pixels."""
MAP_SIDE = 48
HEAD_SIDE = 16
MARGIN = 1.5
"""How much wider than its points the crop of the trunk or a head is."""

# The published order of the refined points: 80 of the lips, 71 of an eye and its brow.
# fmt: off
LIPS = (
    61, 146, 91, 181, 84, 17, 314, 405, 321, 375, 291, 185, 40, 39, 37, 0, 267, 269, 270, 409,
    78, 95, 88, 178, 87, 14, 317, 402, 318, 324, 308, 191, 80, 81, 82, 13, 312, 311, 310, 415,
    76, 77, 90, 180, 85, 16, 315, 404, 320, 307, 306, 184, 74, 73, 72, 11, 302, 303, 304, 408,
    62, 96, 89, 179, 86, 15, 316, 403, 319, 325, 292, 183, 42, 41, 38, 12, 268, 271, 272, 407,
)
RIGHT_EYE = (
    33, 7, 163, 144, 145, 153, 154, 155, 133, 246, 161, 160, 159, 158, 157, 173, 130, 25, 110, 24,
    23, 22, 26, 112, 243, 247, 30, 29, 27, 28, 56, 190, 226, 31, 228, 229, 230, 231, 232, 233,
    244, 113, 225, 224, 223, 222, 221, 189, 35, 124, 46, 53, 52, 65, 143, 111, 117, 118, 119, 120,
    121, 128, 245, 156, 70, 63, 105, 66, 107, 55, 193,
)
LEFT_EYE = (
    263, 249, 390, 373, 374, 380, 381, 382, 362, 466, 388, 387, 386, 385, 384, 398, 359, 255, 339,
    254, 253, 252, 256, 341, 463, 467, 260, 259, 257, 258, 286, 414, 446, 261, 448, 449, 450, 451,
    452, 453, 464, 342, 445, 444, 443, 442, 441, 413, 265, 353, 276, 283, 282, 295, 372, 340, 346,
    347, 348, 349, 350, 357, 465, 383, 300, 293, 334, 296, 336, 285, 417,
)
# fmt: on
RIGHT_IRIS = tuple(range(468, 473))
LEFT_IRIS = tuple(range(473, 478))

_HEADS = {
    "mesh_lips": (LIPS,),
    "mesh_right_eye": (RIGHT_EYE, RIGHT_IRIS),
    "mesh_left_eye": (LEFT_EYE, LEFT_IRIS),
}


@dataclass(frozen=True, slots=True)
class Mesh:
    """The landmarks of one face."""

    points: Points
    """478 × 3: x, y in pixels of the picture; z in the same unit, smaller is nearer."""
    presence: float
    """0..1, how sure the network is that this is a face."""


def place(picture: Pyramid, to_crop: Affine) -> Mesh:
    """Place the landmarks of the face in a crop; `to_crop` maps the picture to its 192 pixels."""
    mesh = _in_crop(picture.sample_finely(to_crop, SIDE))
    return Mesh(to_crop.inverse()(mesh.points), mesh.presence)


def around(points: Points, *, margin: float = MARGIN, side: int = SIDE) -> Affine:
    """Return the map to the crop that a face's landmarks ask for: eyes level, the face inside.

    `margin` is the crop's side as a share of the mesh's longer side.
    """
    level = points[263, :2] - points[33, :2]
    angle = float(np.arctan2(level[1], level[0]))
    straight = upright(points[1], angle, 1.0, 1)
    turned = straight(points[:468, :2])
    low, high = turned.min(axis=0), turned.max(axis=0)
    center = straight.inverse()((low + high) / 2)
    return upright(center, angle, margin * float((high - low).max()), side)


def _in_crop(picture: RGB8) -> Mesh:
    outputs = session("mesh_trunk")(picture * np.float32(1 / 255))
    points = np.zeros((478, 3), np.float32)
    points[:468] = outputs[1404].reshape(468, 3)
    features = outputs[MAP_SIDE * MAP_SIDE * 32].reshape(MAP_SIDE, MAP_SIDE, 32)
    places = points[:468, :2] * np.float32(MAP_SIDE / SIDE)
    to_crop = np.float32(SIDE / MAP_SIDE)
    # A ring of zeros: what a head sees outside of the map.
    ringed = np.pad(features, ((1, 1), (1, 1), (0, 0)))
    for name, targets in _HEADS.items():
        look = _look(places, crop(name))
        answers = session(name)(_patch(ringed, look))
        for target in targets:
            # A head answers in the crop's pixels, but around the corner of its own patch.
            refined = answers[2 * len(target)].reshape(-1, 2) @ look.matrix[:, :2].T
            points[list(target), :2] = refined + look.matrix[:, 2] * to_crop
    presence = 1 / (1 + np.exp(-float(np.clip(outputs[1][0], -80, 80))))
    return Mesh(points, presence)


def _look(places: Points, where: Crop) -> Affine:
    """Return the map from a head's 16-pixel patch to the feature map."""
    line = places[where.axis[1]] - places[where.axis[0]]
    length = float(np.hypot(*line)) or 1.0
    c, s = line / length
    turn = np.array([[c, -s], [s, c]])
    turned = places[list(where.subset)] @ turn
    low, high = turned.min(axis=0), turned.max(axis=0)
    linear = turn * (MARGIN * (high - low) / HEAD_SIDE)[None]
    shift = turn @ ((low + high) / 2) - linear @ [HEAD_SIDE / 2, HEAD_SIDE / 2]
    return Affine(np.column_stack([linear, shift]))


def _patch(ringed: Tensor, look: Affine) -> Tensor:
    """Sample the feature map, which has a ring of one pixel around it, bilinearly."""
    ticks = np.arange(HEAD_SIDE) + 0.5
    x, y = np.meshgrid(ticks, ticks)
    where = look(np.stack([x, y], axis=-1).astype(np.float32)) - 0.5
    # Whatever lies further out than the ring moves onto it.
    where = np.clip(where + 1, 0, MAP_SIDE + 1)
    first = np.minimum(where.astype(int), MAP_SIDE)
    fx, fy = np.moveaxis((where - first).astype(np.float32), -1, 0)[..., None]
    column, row = np.moveaxis(first, -1, 0)
    upper = ringed[row, column] * (1 - fx) + ringed[row, column + 1] * fx
    lower = ringed[row + 1, column] * (1 - fx) + ringed[row + 1, column + 1] * fx
    return np.asarray(upper * (1 - fy) + lower * fy, np.float32)
