"""Draw things before faces that no retoucher heals: strands, rims, veils, hats, paint, nails, gems.

Each is drawn with soft edges over a real face; where it lies is known, so a heal there is wrong.
Colors are taken from what people wear and include those that look like inflamed skin: red rims,
tortoiseshell, red bindis, pink nails, copper hair.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np

from benchmarks.mesh import EYES, OVAL, RGB8, Bools, Floats, face_width, grow, polygon

FINER: Final = 4
"""Things are drawn this many times as large and averaged, as a lens would."""
Draw = Callable[["Sheet"], None]


@dataclass(frozen=True, slots=True)
class Planted:
    """A photo with things before the face, and where they are."""

    photo: RGB8
    where: Bools
    """Pixels that a thing covers by a tenth or more."""


class Sheet:
    """Paper laid over a face: colors and how far they cover, in pixels of the photo."""

    def __init__(self, photo: RGB8, landmarks: Floats, rng: np.random.Generator) -> None:
        """Begin with nothing drawn."""
        self.rng, self.points = rng, landmarks[:, :2].astype(np.float64)
        self.unit = face_width(landmarks)
        self.photo = photo.astype(np.float32)
        self.cover = np.zeros(photo.shape[:2], np.float32)
        self.shape = photo.shape[0], photo.shape[1]

    def at(self, x: float, y: float) -> tuple[float, float]:
        """Return the place at shares of the oval's box."""
        low, high = self.points[list(OVAL)].min(0), self.points[list(OVAL)].max(0)
        px, py = low + (high - low) * [x, y]
        return float(px), float(py)

    def any(self, *choices: str) -> Floats:
        """Pick one of some colors (#rrggbb), a little varied."""
        text = choices[int(self.rng.integers(len(choices)))]
        color = np.array([int(text[k : k + 2], 16) for k in (1, 3, 5)], np.float32)
        return np.asarray(np.clip(color + self.rng.normal(0, 6, 3), 0, 255), np.float32)

    def lay(self, alpha: Floats, color: Floats, shade: float = 0.0) -> None:
        """Cover the photo by a color where `alpha` (0..1) says; `shade` is its grain."""
        paint = np.broadcast_to(color, self.photo.shape)
        if shade:
            grain = self.rng.normal(0, shade, self.shape).astype(np.float32)
            paint = paint + cv2.GaussianBlur(grain, (0, 0), 1.0)[..., None] * 2
        self.photo += alpha[..., None] * (paint - self.photo)
        np.maximum(self.cover, alpha, out=self.cover)

    def polyline(self, points: Floats, width: float, closed: bool = False) -> Floats:
        """Return a soft line, `width` in pixels."""
        return self._drawn(
            points, lambda canvas, p: cv2.polylines(canvas, [p], closed, 255, _px(width))
        )

    def filled(self, points: Floats) -> Floats:
        """Return a filled outline with soft edges."""
        return self._drawn(points, lambda canvas, p: cv2.fillPoly(canvas, [p], 255))

    def disc(self, x: float, y: float, radius: float, stretch: float = 1.0) -> Floats:
        """Return a disc, `stretch` times as long as it is wide."""
        angle = np.linspace(0, 2 * np.pi, 48)
        turn = self.rng.uniform(0, np.pi) if stretch != 1 else 0.0
        u, v = radius * stretch * np.cos(angle), radius * np.sin(angle)
        cos, sin = np.cos(turn), np.sin(turn)
        return self.filled(np.column_stack([x + u * cos - v * sin, y + u * sin + v * cos]))

    def _drawn(self, points: Floats, draw: Callable[[Floats, Floats], object]) -> Floats:
        reach = 0.05 * self.unit + 8
        low = np.maximum(np.floor(points.min(0) - reach), 0).astype(int)
        high = np.minimum(np.ceil(points.max(0) + reach), self.shape[::-1]).astype(int)
        alpha = np.zeros(self.shape, np.float32)
        width, height = (high - low).tolist()
        if width <= 0 or height <= 0:
            return alpha
        canvas = np.zeros((height * FINER, width * FINER), np.uint8)
        draw(canvas, np.round((points - low) * FINER).astype(np.int32))
        small = cv2.resize(canvas, (width, height), interpolation=cv2.INTER_AREA)
        soft = cv2.GaussianBlur(small, (0, 0), 0.6).astype(np.float32) / 255
        alpha[low[1] : high[1], low[0] : high[0]] = soft
        return alpha


def _px(width: float) -> int:
    return max(1, round(width * FINER))


def strands(sheet: Sheet) -> None:
    """Draw some single hairs and a lock from the hairline down over the face."""
    rng, unit = sheet.rng, sheet.unit
    color = sheet.any("#1c1512", "#3a2418", "#6b4226", "#8c4a2a", "#a8794a", "#cdb391", "#9a9a98")
    start = rng.uniform(0.1, 0.9)
    for k in range(int(rng.integers(5, 14))):
        x = start + rng.normal(0, 0.06)
        line = [sheet.at(x, -0.1)]
        drift = rng.normal(0, 0.08)
        steps = np.linspace(0.08, rng.uniform(0.35, 1.1), 8)
        line += [sheet.at(x + 4 * drift * step * step, step - 0.1) for step in steps]
        width = unit * rng.uniform(0.0015, 0.006 if k else 0.012)
        tone = color * np.float32(rng.uniform(0.7, 1.25))
        sheet.lay(
            np.float32(rng.uniform(0.6, 1)) * sheet.polyline(_smooth(np.array(line)), width),
            np.clip(tone, 0, 255),
            6,
        )


def rims(sheet: Sheet) -> None:
    """Draw a frame of glasses with bridge and arms."""
    rng, unit = sheet.rng, sheet.unit
    color = sheet.any("#141414", "#5a2d1c", "#8a1f24", "#b08a3c", "#c9c9cc", "#7a3f6a", "#3a2a22")
    width = unit * rng.uniform(0.008, 0.03)
    angle = np.linspace(0, 2 * np.pi, 64)
    square = rng.uniform(2, 4)
    middles = []
    for eye in EYES:
        x, y = sheet.points[list(eye)].mean(0)
        u = np.sign(np.cos(angle)) * np.abs(np.cos(angle)) ** (2 / square)
        v = np.sign(np.sin(angle)) * np.abs(np.sin(angle)) ** (2 / square)
        outline = np.column_stack([x + 0.19 * unit * u, y + unit * (0.02 + 0.13 * v)])
        alpha = sheet.polyline(outline, width, closed=True)
        sheet.lay(alpha, color, 10)
        if rng.random() < 0.4:  # tortoiseshell
            spots = cv2.GaussianBlur(rng.random(sheet.shape).astype(np.float32), (0, 0), 3)
            mottled = alpha * (spots > np.quantile(spots, 0.6))
            sheet.lay(mottled.astype(np.float32), sheet.any("#a0522d", "#7b2d1c"))
        middles.append((x, y))
    (xa, ya), (xb, yb) = sorted(middles)
    bridge = np.array([[xa + 0.17 * unit, ya], [xb - 0.17 * unit, yb]])
    sheet.lay(sheet.polyline(bridge, width), color, 6)
    for x, y, side in ((xa, ya, -1), (xb, yb, 1)):
        arm = np.array([[x + side * 0.19 * unit, y], [x + side * 0.5 * unit, y - 0.02 * unit]])
        sheet.lay(sheet.polyline(arm, width), color, 6)


def veil(sheet: Sheet) -> None:
    """Draw a net of thin threads with knots over the upper half of the face."""
    rng, unit = sheet.rng, sheet.unit
    color = sheet.any("#101010", "#f0ece4", "#8a1f24", "#3c3f58")
    step = rng.uniform(0.05, 0.09)
    thin = unit * rng.uniform(0.002, 0.004)
    for k in np.arange(-1.2, 1.2, step):
        for way in (1, -1):
            line = np.array([sheet.at(0.5 + k + way * t, t - 0.2) for t in (0, 0.9)])
            sheet.lay(np.float32(0.8) * sheet.polyline(line, thin), color)
    for _ in range(int(rng.integers(6, 16))):
        x, y = sheet.at(rng.uniform(0.1, 0.9), rng.uniform(0, 0.6))
        sheet.lay(sheet.disc(x, y, unit * rng.uniform(0.006, 0.012)), color)


def hat(sheet: Sheet) -> None:
    """Draw a knitted or plain cap or a scarf across the forehead."""
    rng = sheet.rng
    color = sheet.any("#9a1c22", "#b2562e", "#25304a", "#d8c7a8", "#6c4a38", "#c98f8f")
    edge = [sheet.at(x, 0.12 + 0.06 * np.sin(np.pi * x)) for x in np.linspace(-0.3, 1.3, 20)]
    outline = np.array([*edge, sheet.at(1.3, -0.6), sheet.at(-0.3, -0.6)])
    alpha = sheet.filled(outline)
    sheet.lay(alpha, color, 12)
    rows, columns = np.indices(sheet.shape)
    period = max(4.0, sheet.unit * rng.uniform(0.02, 0.05))
    knit = (np.sin(rows * 2 * np.pi / period) * np.sin(columns * 2 * np.pi / period)) > 0.2
    sheet.lay((0.35 * alpha * knit).astype(np.float32), color * np.float32(0.55))


def paint(sheet: Sheet) -> None:
    """Draw a bindi or tilak, rows of dots, hearts, stars, stripes."""
    rng, unit = sheet.rng, sheet.unit
    reds = ("#b0121e", "#7a1018", "#c2253a", "#d8586a", "#a8323a")
    others = ("#f4f0e6", "#2a52c8", "#1f1a1a", "#e0b020", "#2f8f5a", "#8a2a7a")
    x, y = sheet.at(0.5, 0.26)
    clear = np.float32(rng.uniform(0.65, 1))
    sheet.lay(clear * sheet.disc(x, y, unit * rng.uniform(0.008, 0.03)), sheet.any(*reds))
    color, small = sheet.any(*reds, *others), unit * rng.uniform(0.005, 0.012)
    for k in range(int(rng.integers(3, 8))):
        for side in (-1, 1):
            dot = sheet.at(0.5 + side * (0.1 + 0.05 * k), 0.22 - 0.01 * k)
            sheet.lay(clear * sheet.disc(*dot, small), color)
    for side in (0.22, 0.78):
        x, y = sheet.at(side + rng.normal(0, 0.02), 0.58 + rng.normal(0, 0.03))
        size, points = unit * rng.uniform(0.015, 0.04), int(rng.choice([3, 5, 6]))
        angle = np.arange(2 * points) * np.pi / points - np.pi / 2
        radii = np.where(np.arange(2 * points) % 2, 0.45, 1.0) * size
        star = np.column_stack([x + radii * np.cos(angle), y + radii * np.sin(angle)])
        sheet.lay(clear * sheet.filled(star), sheet.any(*reds, *others))
    stripe = np.array([sheet.at(0.15, 0.66), sheet.at(0.36, 0.62)])
    sheet.lay(clear * sheet.polyline(stripe, 0.018 * unit), sheet.any(*reds, *others))


def nails(sheet: Sheet) -> None:
    """Draw fingers with polished or bare nails that touch cheek and chin."""
    rng, unit = sheet.rng, sheet.unit
    skin = np.median(sheet.photo[_cheek(sheet)], axis=0) * np.float32(rng.uniform(0.85, 1.05))
    polish = sheet.any("#b0121e", "#d8586a", "#e8b0a8", "#7a1018", "#f0d8d0", "#c2253a")
    foot = sheet.at(rng.choice([-0.1, 1.1]), 1.1)
    for k in range(int(rng.integers(2, 5))):
        tip = np.array(sheet.at(rng.choice([0.2, 0.8]) + rng.normal(0, 0.05), 0.62 + 0.09 * k))
        way = tip - np.array(foot)
        way = way / np.linalg.norm(way)
        finger = np.array([foot, tip])
        sheet.lay(sheet.polyline(finger, 0.09 * unit), skin * np.float32(0.8), 3)
        sheet.lay(sheet.polyline(finger, 0.08 * unit), skin, 3)
        x, y = tip + 0.012 * unit * way
        across = np.array([-way[1], way[0]])
        angle = np.linspace(0, 2 * np.pi, 40)
        long, short = 0.045 * unit * np.cos(angle), 0.027 * unit * np.sin(angle)
        outline = np.array([x, y]) + long[:, None] * way + short[:, None] * across
        sheet.lay(sheet.filled(outline), polish, 2)


def gems(sheet: Sheet) -> None:
    """Draw studs in nose and brow, and small stones under the eyes."""
    rng, unit = sheet.rng, sheet.unit
    places = [sheet.points[129 if rng.random() < 0.5 else 358], sheet.points[70], sheet.points[17]]
    places += [sheet.points[117] + [0, 0.03 * unit], sheet.points[346] + [0, 0.03 * unit]]
    for x, y in places:
        radius = unit * rng.uniform(0.006, 0.012)
        color = sheet.any("#d8d8dc", "#e0b84a", "#c2253a", "#e06a9a", "#6a2a2a", "#3a6ac8")
        sheet.lay(sheet.disc(x, y, radius), color * np.float32(0.85))
        sheet.lay(sheet.disc(x - 0.3 * radius, y - 0.3 * radius, 0.35 * radius), color + 90)


OCCLUDERS: Final[dict[str, Draw]] = {
    "strands": strands,
    "rims": rims,
    "veil": veil,
    "hat": hat,
    "paint": paint,
    "nails": nails,
    "gems": gems,
}


def occluded(photo: RGB8, landmarks: Floats, name: str, seed: int = 0) -> Planted:
    """Draw one kind of things over a face; the same seed gives the same things."""
    sheet = Sheet(photo, landmarks, np.random.default_rng(seed))
    OCCLUDERS[name](sheet)
    drawn = np.clip(np.rint(sheet.photo), 0, 255).astype(np.uint8)
    return Planted(np.where(sheet.cover[..., None] > 0, drawn, photo), sheet.cover > 0.1)


def _cheek(sheet: Sheet) -> Bools:
    inside = polygon(sheet.points.astype(np.float32), OVAL, sheet.shape)
    return grow(inside, -0.2 * sheet.unit)


def _smooth(line: Floats) -> Floats:
    """Resample a line finely (cubic interpolation along its index)."""
    t = np.linspace(0, len(line) - 1, 40)
    k = np.clip(t.astype(int), 0, len(line) - 2)
    f = (t - k)[:, None]
    p = np.concatenate([line[:1], line, line[-1:]])
    a, b, c, d = (p[k + n] for n in range(4))
    cubic = b + f * (c - a) / 2 + f**2 * (a - 2.5 * b + 2 * c - d / 2)
    return np.asarray(cubic + f**3 * (1.5 * (b - c) + (d - a) / 2))
