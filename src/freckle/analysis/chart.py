"""One map of all faces: where each pixel of a face lies on the face itself.

A place on a face is `u`, along the skin from the middle (0) toward the person's left (positive),
and `v`, from the eyes' side (negative) down to the chin, both in thousandths of the width from
cheekbone to cheekbone. Makeup is drawn once in these coordinates and then lies right on every face,
from the front to three quarters: the mesh carries it round.
"""

from dataclasses import dataclass
from functools import cache
from typing import Final

import cv2
import numpy as np
import numpy.typing as npt

from freckle.geometry import Box, Points
from freckle.pixels.color import Floats
from freckle.pixels.filters import smoothstep

Place = tuple[float, float]
"""`u` and `v` of one place."""
Index = npt.NDArray[np.intp]


@dataclass(frozen=True, slots=True, eq=False)
class Chart:
    """Face coordinates of each pixel (height × width float32), 0 off the mesh.

    `facing` is how much the skin there looks at the camera: 1 straight, 0 edge-on or off the mesh.
    """

    u: Floats
    v: Floats
    facing: Floats

    def within(self, box: Box | None) -> "Chart":
        """Return the map of a part of the picture; of all of it for None."""
        if box is None:
            return self
        here = box.slices
        return Chart(self.u[here], self.v[here], self.facing[here])

    def stroke(self, start: Place, end: Place, radius: float) -> Floats:
        """Draw one soft stroke on either side of the face: 1 on its line, 0 from `radius` on.

        Places and radius are in face coordinates, of the person's left side.
        """
        along = np.subtract(end, start).astype(np.float32)
        across, down = np.abs(self.u) - np.float32(start[0]), self.v - np.float32(start[1])
        length = max(float(along @ along), 1e-6)
        share = np.clip((across * along[0] + down * along[1]) / np.float32(length), 0, 1)
        distance = np.hypot(across - share * along[0], down - share * along[1])
        return (1 - smoothstep(0, radius, distance)) * (self.facing > 0)


def chart(points: Points, size: tuple[int, int]) -> Chart:
    """Draw the map of a face: 468 or more landmarks (with depth) in the pixels of `size`."""
    mesh = points[: len(PLACES)].astype(np.float64)
    corners = triangles()
    normal = _normals(mesh, corners)
    values = np.column_stack([np.array(PLACES, np.float64), normal])
    fields = spread(mesh, corners, values, size)
    return Chart(fields[0], fields[1], np.clip(fields[2], 0, 1))


def spread(
    mesh: npt.NDArray[np.float64],
    corners: Index,
    values: npt.NDArray[np.float64],
    size: tuple[int, int],
) -> list[Floats]:
    """Draw values of points over their triangles, the nearest on top; 0 where there is none.

    `mesh` is N × 2 or 3 (x, y and depth, near is small), `corners` T × 3 indices, `values` N × K.
    Returns K pictures of `size`.
    """
    used = mesh[np.unique(corners), :2]
    low, high = np.floor(used.min(axis=0)).astype(int), np.ceil(used.max(axis=0)).astype(int)
    box = Box(*low.tolist(), *high.tolist()).grow(1).clip(size[1], size[0])
    if box.empty:
        return [np.zeros(size, np.float32) for _ in range(values.shape[1])]
    owner = np.zeros((box.height, box.width), np.int32)
    fixed = np.round((mesh[:, :2] - 0.5 - [box.left, box.top]) * 16).astype(np.int32)[corners]
    depth = mesh[corners, 2].mean(axis=1) if mesh.shape[1] > 2 else np.zeros(len(corners))
    for number in np.argsort(-depth, kind="stable"):
        cv2.fillConvexPoly(owner, fixed[number], int(number) + 1, cv2.LINE_8, 4)
    planes = _planes(mesh[:, :2], corners, values)
    down = np.arange(box.top, box.bottom, dtype=np.float32)[:, None] + np.float32(0.5)
    across = np.arange(box.left, box.right, dtype=np.float32) + np.float32(0.5)
    fields = []
    for a, b, c in planes:
        field = np.zeros(size, np.float32)
        field[box.slices] = a[owner] * across + b[owner] * down + c[owner]
        fields.append(field)
    return fields


def _planes(
    flat: npt.NDArray[np.float64], corners: Index, values: npt.NDArray[np.float64]
) -> npt.NDArray[np.float32]:
    """Return K × 3 × (T + 1): each value as a plane a·x + b·y + c over each triangle."""
    edges = np.dstack([flat[corners], np.ones(corners.shape)])
    flatter = np.abs(np.linalg.det(edges)) < 1e-3
    edges[flatter] = np.eye(3)
    solved = np.linalg.solve(edges, values[corners])
    solved[flatter] = 0
    planes = np.zeros((values.shape[1], 3, len(corners) + 1), np.float32)
    planes[:, :, 1:] = solved.transpose(2, 1, 0)
    return planes


def _normals(mesh: npt.NDArray[np.float64], corners: Index) -> npt.NDArray[np.float64]:
    """Return how much each point's skin faces the camera: the normal's share along its axis."""
    a, b, c = (mesh[corners[:, k], :3] for k in range(3))
    faces = np.cross(b - a, c - a)
    total = np.zeros((len(mesh), 3))
    for k in range(3):
        np.add.at(total, corners[:, k], faces)
    # corners go round so that a face in front has one sign
    return np.asarray(total[:, 2] / np.maximum(np.linalg.norm(total, axis=1), 1e-9))


@cache
def triangles() -> Index:
    """Return the mesh's triangles (T × 3 indices): Delaunay's (1934) of the map's own points."""
    low, high = np.min(PLACES, axis=0) - 10, np.max(PLACES, axis=0) + 10
    plane = cv2.Subdiv2D([int(low[0]), int(low[1]), *(int(x) for x in high - low)])
    for u, v in PLACES:
        plane.insert((float(u), float(v)))
    number = {place: k for k, place in enumerate(PLACES)}
    found = []
    for row in plane.getTriangleList():
        three = [number.get((round(row[k]), round(row[k + 1]))) for k in (0, 2, 4)]
        if None not in three:
            found.append(three)
    return _turned(np.array(found, np.intp))


def _turned(corners: Index) -> Index:
    """Let all triangles go round the same way."""
    places = np.array(PLACES, np.float64)[corners]
    ab, ac = places[:, 1] - places[:, 0], places[:, 2] - places[:, 0]
    backward = ab[:, 0] * ac[:, 1] - ab[:, 1] * ac[:, 0] < 0
    corners[backward] = corners[backward][:, [0, 2, 1]]
    return corners


# The mirrored median of the meshes of fourteen frontal test portraits, laid flat around the axis of
# the head (a cylinder of .55 of the width, its axis half a width behind the cheeks).
# fmt: off
PLACES: Final[tuple[tuple[int, int], ...]] = (
    (0, 181), (0, 45), (0, 90), (-30, -107), (0, -3), (0, -65), (0, -212), (-337, -217),
    (0, -321), (0, -384), (0, -618), (0, 200), (0, 218), (0, 229), (0, 259), (0, 281), (0, 307),
    (0, 334), (0, 378), (0, 69), (-34, 68), (-624, -391), (-203, -179), (-246, -176),
    (-289, -178), (-356, -200), (-166, -190), (-256, -308), (-210, -303), (-303, -299),
    (-336, -281), (-399, -172), (-169, 454), (-358, -227), (-644, -188), (-466, -202), (-217, 4),
    (-48, 171), (-45, 217), (-97, 192), (-136, 211), (-83, 220), (-117, 227), (-206, 279),
    (-27, 44), (-31, -2), (-391, -320), (-132, -106), (-120, 30), (-125, 5), (-353, 1),
    (-30, -59), (-273, -371), (-337, -354), (-524, -476), (-91, -323), (-172, -284), (-243, 241),
    (-742, 250), (-95, 57), (-64, 71), (-187, 236), (-173, 235), (-366, -385), (-127, 47),
    (-194, -362), (-197, -400), (-271, -591), (-433, -432), (-226, -502), (-434, -340),
    (-519, -362), (-47, 198), (-91, 208), (-126, 220), (-87, 64), (-179, 235), (-155, 248),
    (-170, 235), (-70, 43), (-110, 232), (-78, 228), (-42, 228), (-61, 375), (-52, 331),
    (-49, 304), (-46, 277), (-42, 257), (-109, 257), (-117, 268), (-125, 281), (-134, 296),
    (-177, 164), (-832, 23), (0, 79), (-139, 245), (-146, 245), (-51, 88), (-119, 72), (-57, 80),
    (-181, -82), (-252, -52), (-137, 23), (-407, -545), (-342, -480), (-288, -408), (-165, 322),
    (-100, -384), (-118, -507), (-142, -614), (-329, -185), (-449, -140), (-142, -202),
    (-391, -260), (-98, -137), (-91, 15), (-516, -104), (-402, -110), (-335, -95), (-252, -101),
    (-189, -119), (-140, -141), (-38, -200), (-503, -9), (-430, -267), (-17, 67), (-125, -63),
    (-801, -187), (-104, -165), (-151, 26), (-380, -226), (-94, -15), (-805, 137), (-144, -218),
    (-60, -42), (-441, 349), (-508, 404), (-661, 10), (-531, 290), (-593, -282), (-185, 501),
    (-15, 77), (-166, -32), (-524, -193), (-287, -204), (-249, -201), (-166, 254), (-506, 85),
    (-105, 564), (-288, 505), (-384, 464), (0, -505), (0, 573), (-213, -204), (-179, -209),
    (-157, -214), (-483, -275), (-183, -249), (-219, -263), (-254, -265), (-292, -257),
    (-319, -245), (-723, -299), (-316, -210), (0, 125), (-134, 137), (-92, 51), (-55, 126),
    (0, -265), (-354, 409), (-269, 456), (-96, 532), (-635, 338), (-156, -231), (-62, -126),
    (0, 540), (-194, 540), (-646, 113), (-78, 256), (-85, 272), (-91, 293), (-97, 318),
    (-117, 356), (-148, 231), (-158, 229), (-168, 226), (-216, 200), (-404, 104), (-66, -172),
    (-103, -252), (-135, -248), (-139, 233), (-452, 220), (-55, -254), (-145, 404), (0, -114),
    (-34, -152), (0, -162), (-90, -53), (0, 493), (0, 432), (-73, 429), (-259, 304), (-188, 62),
    (-206, 364), (-284, 58), (-227, 108), (-330, 134), (-87, 486), (-119, -29), (-313, 351),
    (-243, 408), (-294, 252), (-511, 167), (-366, 262), (-613, 207), (-265, 168), (-92, -94),
    (-79, 36), (-107, 46), (-61, 4), (-137, -294), (-205, -324), (-264, -332), (-315, -321),
    (-357, -297), (-414, -215), (-657, -90), (-367, -153), (-315, -142), (-253, -142),
    (-197, -151), (-152, -166), (-121, -182), (-833, -83), (-110, 56), (-59, -84), (-52, 38),
    (-35, 60), (-53, 46), (-102, 68), (-28, 64), (-26, 74), (-125, -217), (-95, -207),
    (-75, -198), (-338, -236), (-365, -257), (30, -107), (337, -217), (34, 68), (624, -391),
    (203, -179), (246, -176), (289, -178), (356, -200), (166, -190), (256, -308), (210, -303),
    (303, -299), (336, -281), (399, -172), (169, 454), (358, -227), (644, -188), (466, -202),
    (217, 4), (48, 171), (45, 217), (97, 192), (136, 211), (83, 220), (117, 227), (206, 279),
    (27, 44), (31, -2), (391, -320), (132, -106), (120, 30), (125, 5), (353, 1), (30, -59),
    (273, -371), (337, -354), (524, -476), (91, -323), (172, -284), (243, 241), (742, 250),
    (95, 57), (64, 71), (191, 236), (179, 235), (366, -385), (127, 47), (194, -362), (197, -400),
    (271, -591), (433, -432), (226, -502), (434, -340), (519, -362), (47, 198), (91, 208),
    (126, 220), (87, 64), (187, 236), (155, 248), (173, 235), (70, 43), (110, 232), (78, 228),
    (42, 228), (61, 375), (52, 331), (49, 304), (46, 277), (42, 257), (109, 257), (117, 268),
    (125, 281), (134, 296), (177, 164), (832, 23), (139, 245), (146, 245), (51, 88), (119, 72),
    (57, 80), (181, -82), (252, -52), (137, 23), (407, -545), (342, -480), (288, -408),
    (165, 322), (100, -384), (118, -507), (142, -614), (329, -185), (449, -140), (142, -202),
    (391, -260), (98, -137), (91, 15), (516, -104), (402, -110), (335, -95), (252, -101),
    (189, -119), (140, -141), (38, -200), (503, -9), (430, -267), (17, 67), (125, -63),
    (801, -187), (104, -165), (151, 26), (380, -226), (94, -15), (805, 137), (144, -218),
    (60, -42), (441, 349), (508, 404), (661, 10), (531, 290), (593, -282), (185, 501), (15, 77),
    (166, -32), (524, -193), (287, -204), (249, -201), (166, 254), (506, 85), (105, 564),
    (288, 505), (384, 464), (213, -204), (179, -209), (157, -214), (483, -275), (183, -249),
    (219, -263), (254, -265), (292, -257), (319, -245), (723, -299), (316, -210), (134, 137),
    (92, 51), (55, 126), (354, 409), (269, 456), (96, 532), (635, 338), (156, -231), (62, -126),
    (194, 540), (646, 113), (78, 256), (85, 272), (91, 293), (97, 318), (117, 356), (148, 231),
    (158, 229), (168, 226), (216, 200), (404, 104), (66, -172), (103, -252), (135, -248),
    (139, 233), (452, 220), (55, -254), (145, 404), (34, -152), (90, -53), (73, 429), (259, 304),
    (188, 62), (206, 364), (284, 58), (227, 108), (330, 134), (87, 486), (119, -29), (313, 351),
    (243, 408), (294, 252), (511, 167), (366, 262), (613, 207), (265, 168), (92, -94), (79, 36),
    (107, 46), (61, 4), (137, -294), (205, -324), (264, -332), (315, -321), (357, -297),
    (414, -215), (657, -90), (367, -153), (315, -142), (253, -142), (197, -151), (152, -166),
    (121, -182), (833, -83), (110, 56), (59, -84), (52, 38), (35, 60), (53, 46), (102, 68),
    (28, 64), (26, 74), (125, -217), (95, -207), (75, -198), (338, -236), (365, -257),
)
"""`u` and `v` of the 468 points of the mesh."""
# fmt: on
