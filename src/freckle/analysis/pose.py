"""Where a head points, from its landmarks."""

from dataclasses import dataclass

import numpy as np

from freckle.geometry import Points

# A head in thousandths of its width from cheekbone to cheekbone (x: the person's left, y: down,
# z: away from the camera): the mirrored mean of the meshes of twelve frontal test portraits. Only
# points that neither speech nor smile moves; those beside the middle stand for both sides.
_MIDDLE = {
    10: (0, -618, -36),
    151: (0, -504, -66),
    9: (0, -381, -88),
    168: (0, -264, -78),
    6: (0, -210, -111),
    197: (0, -160, -148),
    5: (0, -65, -231),
    4: (0, -4, -250),
    2: (0, 89, -126),
}
_SIDES = {
    (263, 33): (320, -229, 80),
    (362, 133): (123, -215, 40),
    (356, 127): (506, -188, 442),
    (454, 234): (500, -84, 471),
    (284, 54): (435, -477, 193),
    (332, 103): (365, -546, 101),
    (345, 116): (456, -103, 167),
    (280, 50): (349, 6, 29),
    (327, 98): (121, 77, -67),
}
_POINTS = [*_MIDDLE, *(left for left, _ in _SIDES), *(right for _, right in _SIDES)]
_HEAD = np.array(
    [*_MIDDLE.values(), *_SIDES.values(), *((-x, y, z) for x, y, z in _SIDES.values())]
)


@dataclass(frozen=True, slots=True)
class Pose:
    """The turn of a head in degrees; all 0 looks straight into the camera.

    The mesh network hardly goes beyond a yaw of 50: a true profile reads as 40 to 50.
    """

    yaw: float
    """Positive: turned to the person's left, the picture's right when the head is upright."""
    pitch: float
    """Positive: the face looks up."""
    roll: float
    """Positive: the head leans clockwise in the picture; −180..180."""


def pose_of(points: Points) -> Pose:
    """Return the pose of a mesh: 478 × 3 landmarks with depth in pixels.

    The rotation that carries a mean head onto the mesh with the least squares (Kabsch 1976).
    """
    there = points[_POINTS].astype(np.float64)
    here = _HEAD - _HEAD.mean(axis=0)
    u, _, vt = np.linalg.svd(here.T @ (there - there.mean(axis=0)))
    # The sign keeps it a rotation: a mirrored head is none.
    turn = (u * [1, 1, np.sign(np.linalg.det(u @ vt))]) @ vt
    across, forward = turn[0], -turn[2]
    roll = np.arctan2(across[1], across[0])
    # Yaw and pitch are those of the head stood upright.
    x = np.cos(roll) * forward[0] + np.sin(roll) * forward[1]
    y = np.cos(roll) * forward[1] - np.sin(roll) * forward[0]
    return Pose(
        yaw=float(np.degrees(np.arctan2(x, -forward[2]))),
        pitch=float(np.degrees(np.arcsin(np.clip(-y, -1, 1)))),
        roll=float(np.degrees(roll)),
    )
