"""What shows between open lips: its outline, exact to the edge of teeth, gums, tongue or dark.

The mesh is right about most smiles, and wrong by a fiftieth of the face's width about some mouths.
Along lines across each lip that edge is looked for (edges.py says how) which has lips on one side
and on the other what the middle of the mouth shows.
"""

from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np
import numpy.typing as npt

from freckle.analysis.edges import (
    PULL,
    STATIONS,
    STEP,
    Arc,
    Reals,
    along,
    at,
    cheapest,
    directions,
    sample,
    steps,
    strength,
)
from freckle.pixels.color import Floats
from freckle.pixels.filters import central

BAND: Final = 0.016
"""How far an edge may move into the lip, in face widths."""
WIDE: Final = 0.06
"""In openings higher than this (face widths) edges may move farther."""
CROSS: Final = 1.5
"""What it costs to take for lip what lies behind one sample of a strong edge."""
SHOWN: Final = 0.3
"""Share of the way from lip to lip on which something else must show where a mouth is open."""
WHOLE: Final = (0.15, 0.3, 0.5, 0.7, 0.85)
"""Where between the lips, as the mesh has them, the mouth shows what it holds: gums, too."""
CORE: Final = (0.3, 0.4, 0.5, 0.6, 0.7)
"""The same for mouths that the mesh has too wide."""
CLEARER: Final = 0.2
"""How much stronger edges (0..1) must be for the second guess to be believed."""
CORNER: Final = STATIONS * 3 // 10
"""Stations of either end of a mouth that count as its corner."""
SCALE: Final = np.array([8.0, 4.0, 4.0])
"""How far L*, a* and b* of one thing stray."""
ALIKE: Final = 1.2
"""Difference of colors, in `SCALE`, below which they are the same thing's."""
SAME: Final = 1.2
"""Difference of lip and opening, and edge between them, below which both are one thing.

Over all portraits the two add up to 2.2 and more, for tongues and microphones drawn on them to .2
to 1.0.
"""
Flags = npt.NDArray[np.bool_]


def opening(colors: Floats, lower: Arc, upper: Arc, unit: float) -> Reals | None:
    """Return the outline of what shows between two lips; None where they touch all along.

    `colors` is CIELAB without grain, the arcs have the mesh's edges of the opening and the
    picture's of the lips, in its pixels.
    """
    found = [_best(colors, arc, (lower, upper), unit) for arc in (lower, upper)]
    low, high = (edge for edge, _ in found)
    hidden = [
        _continued(colors, arc, edge, unit)
        for arc, edge in zip((lower, upper), (low, high), strict=True)
    ]
    low[hidden[0]], high[hidden[1]] = lower.outer[hidden[0]], upper.outer[hidden[1]]
    # lips cannot lie before each other: there they touch
    crossed = ((high - low) * (upper.inner - lower.inner)).sum(axis=1) < 0
    low[crossed] = high[crossed] = (low[crossed] + high[crossed]) / 2
    share = np.linspace(0.15, 0.85, 15)[None, :, None]
    seen = at(colors, low[:, None] * (1 - share) + high[:, None] * share)
    other = np.minimum(*(look.score(seen) for _, look in found)) < -0.15
    shown = along(other.mean(axis=1)[:, None], 1.0)[:, 0] > SHOWN
    run = _run(shown | hidden[0] | hidden[1])
    if run is None:
        return None
    ends = [(low[k] + high[k]) / 2 for k in (max(run.start - 1, 0), min(run.stop, STATIONS - 1))]
    return np.concatenate([ends[:1], low[run], ends[1:], high[run][::-1]])


def _continued(colors: Floats, arc: Arc, edge: Reals, unit: float) -> Flags:
    """Return where a lip looks like what is within, with no edge between: a thing lies before it.

    A tongue that is out, a microphone, food. Lips differ from all that mouths hold.
    """
    away = directions(arc)
    seen = sample(colors, edge, away, steps(-0.024, 0.024, STEP) * unit) / SCALE
    third, middle = seen.shape[1] // 3, seen.shape[1] // 2
    apart = np.linalg.norm(
        central(seen[:, :third], axis=1) - central(seen[:, -third:], axis=1), axis=1
    )
    near = seen[:, middle - 8 : middle + 9]
    step = np.linalg.norm(near[:, 4:] - near[:, :-4], axis=2).max(axis=1)
    same = along((apart + step)[:, None], 1.5)[:, 0] < SAME
    same[:CORNER] = same[-CORNER:] = False  # lips are too thin there
    column = same[:, None].astype(np.uint8)
    long = cv2.morphologyEx(column, cv2.MORPH_OPEN, np.ones((5, 1), np.uint8))
    return np.asarray(long[:, 0] > 0)


def _run(there: Flags) -> slice | None:
    """Return the stations from the first to the last where something shows; None if none does."""
    known = np.nonzero(there)[0]
    return slice(int(known[0]), int(known[-1]) + 1) if known.size else None


@dataclass(frozen=True, slots=True, eq=False)
class _Look:
    """What lips and what shows between them look like at each station (stations × samples × 3)."""

    lip: Reals
    within: Reals

    def score(self, seen: Reals) -> Reals:
        """Return −1..1 for colors (stations × samples × 3): lips above 0, what is within below.

        Teeth, gums, tongue and the dark have no one color: nearest neighbors decide (Cover and
        Hart 1967), a few of them, for gloss on lips is as white as a tooth.
        """
        far = _nearest(seen, self.within, 4, 3), _nearest(seen, self.lip, 8, 6)
        return np.asarray(np.clip((far[0] - far[1]) / 1.5, -1, 1))


def _nearest(seen: Reals, pool: Reals, reach: int, rank: int) -> Reals:
    """Return how far each color is from the `rank`-th nearest of a pool, `reach` stations wide."""
    far = np.empty(seen.shape[:2])
    rows, others = seen / SCALE, pool / SCALE
    for k, row in enumerate(rows):
        near = others[max(k - reach, 0) : k + reach + 1].reshape(-1, 3)
        squares = (row**2).sum(axis=1)[:, None] + (near**2).sum(axis=1) - 2 * row @ near.T
        far[k] = np.partition(squares, rank - 1, axis=1)[:, rank - 1]
    return np.sqrt(np.maximum(far, 0))


def _best(colors: Floats, arc: Arc, both: tuple[Arc, Arc], unit: float) -> tuple[Reals, _Look]:
    """Return a lip's edge of the opening, and what lips and opening look like."""
    share = np.array([0.15, 0.3, 0.45, 0.6, 0.75])[None, :, None]
    lip = at(colors, arc.inner[:, None] * (1 - share) + arc.outer[:, None] * share)
    gap = np.linalg.norm(both[1].inner - both[0].inner, axis=1)
    guesses = []
    for shares in (WHOLE, CORE):
        within = _within(colors, both, shares, gap > 0.008 * unit)
        if arc is both[0]:
            within = _unlike(within, lip)
        look = _Look(lip, within)
        guesses.append((*_edge(colors, arc, look, gap, unit), look))
    first, second = guesses
    best = second if second[1] > first[1] + CLEARER else first
    return best[0], best[2]


def _within(colors: Floats, both: tuple[Arc, Arc], shares: tuple[float, ...], wide: Flags) -> Reals:
    """Return what the opening looks like; near its ends, what the nearest `wide` station shows."""
    share = np.array(shares)[None, :, None]
    seen = at(colors, both[0].inner[:, None] * (1 - share) + both[1].inner[:, None] * share)
    known = np.nonzero(wide)[0]
    if known.size == 0:
        return seen
    nearest = np.abs(np.arange(STATIONS)[:, None] - known[None]).argmin(axis=1)
    return np.asarray(seen[known[nearest]])


def _unlike(within: Reals, lip: Reals) -> Reals:
    """Leave out (far off) what looks like lips toward the corners of the lower lip.

    The mesh has it too thin there at times; gums lie above the teeth and tongues in the middle.
    """
    pool = np.broadcast_to(lip.reshape(1, -1, 3), (STATIONS, lip.shape[0] * lip.shape[1], 3))
    alike = _nearest(within, pool, 0, 8) < ALIKE
    alike[CORNER:-CORNER] = False
    return np.where(alike[..., None], 1e3, within)


def _edge(colors: Floats, arc: Arc, look: _Look, gap: Reals, unit: float) -> tuple[Reals, float]:
    """Move a lip's edge of the opening (`gap` pixels high), and say how strong an edge it is on."""
    away = directions(arc)
    free = min(max(float(gap.max()) / (WIDE * unit), 1), 2.5)
    inward = 0.5 * float(gap.max()) / unit + 0.012
    offsets = steps(-inward, free * BAND, STEP) * unit
    seen = sample(colors, arc.inner, away, offsets)
    edges = strength(seen)
    before = np.cumsum(look.score(seen), axis=1)
    cost = 0.6 * (2 * before - before[:, -1:]) - 0.4 * PULL * edges
    # who comes from the lip meets its edge first, those of gums and teeth later
    passed = np.maximum(edges - 0.3, 0) * (offsets < 0.3 * arc.thickness[:, None])
    cost += CROSS * np.cumsum(passed[:, ::-1], axis=1)[:, ::-1]
    cost += 0.35 * np.square(offsets / (0.007 * free * unit))[None]
    cost[offsets[None] > 0.6 * arc.thickness[:, None]] = 1e6
    cost[offsets[None] < -0.5 * gap[:, None] - 0.012 * unit] = 1e6
    place = cheapest(cost)
    middle = np.arange(STATIONS)[STATIONS // 8 : -(STATIONS // 8)]
    near = [edges[middle, np.clip(place[middle] + k, 0, len(offsets) - 1)] for k in (-1, 0, 1)]
    support = float(np.max(near, axis=0).mean())
    return np.asarray(arc.inner + away * along(offsets[place][:, None], 0.8)), support
