"""Words for places on a face."""

from typing import Final

from freckle.analysis.regions import Region
from freckle.analysis.scene import Scene

NAMES: Final[dict[Region, str]] = {
    Region.MOUTH: "the mouth",
    Region.LIPS: "the lips",
    Region.EYES: "an eye",
    Region.BROWS: "a brow",
    Region.UNDER_EYES: "under an eye",
    Region.FROWN: "between the brows",
    Region.FOREHEAD: "the forehead",
    Region.CROWS_FEET: "beside an eye",
    Region.CHEEKS: "a cheek",
    Region.SMILE_LINES: "beside the mouth",
    Region.SKIN: "the face",
    Region.NECK: "the neck",
    Region.BODY: "the body",
    Region.SHARP: "an edge of a feature",
}
HEALED: Final = "a healed mark"
ELSEWHERE: Final = "beside the skin"


def place_name(scene: Scene, x: float, y: float) -> str:
    """Name a point of the frame (pixels): a healed mark, else the region it lies in."""
    for k in scene.healed:
        spot = scene.spots[k]
        if (spot.x - x) ** 2 + (spot.y - y) ** 2 <= (2 * spot.radius) ** 2:
            return HEALED
    return region_name(scene, x, y)


def region_name(scene: Scene, x: float, y: float) -> str:
    """Name the region in which a point of the frame (pixels) lies."""
    step, (height, width) = scene.regions.factor, scene.regions.size
    row = min(max(int(y / step), 0), height - 1)
    column = min(max(int(x / step), 0), width - 1)
    for region, name in NAMES.items():
        if scene.regions.small(region)[row, column] > 0.3:
            return name
    return ELSEWHERE
