"""What must hold, and the tables that show it."""

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from benchmarks.harness import FADED, Result
from benchmarks.marks import Fate
from benchmarks.plant import NATURES, POST_ACNE, TOUCHING


@dataclass(frozen=True, slots=True)
class Gate:
    """One bar: a figure of a set of faces that must lie in a range. NaN where unmeasurable."""

    name: str
    figure: Callable[[Sequence[Result]], float]
    low: float
    high: float

    def value(self, results: Sequence[Result]) -> float:
        """Return the deciding figure."""
        return self.figure(results)

    def holds(self, results: Sequence[Result]) -> bool:
        """Whether the figure lies in the range; a figure that cannot be measured fails."""
        value = self.value(results)
        return not math.isnan(value) and self.low <= value <= self.high


def share(fates: Iterable[Fate], quality: str) -> float:
    """Share of marks with a quality (`gone` or `kept`); NaN without marks."""
    flags = [bool(getattr(fate, quality)) for fate in fates]
    return sum(flags) / len(flags) if flags else float("nan")


def pores(fates: Iterable[Fate]) -> float:
    """Median of the fine variance of healed places over that of their rings; NaN without any."""
    values = [fate.pores for fate in fates if fate.gone]
    return float(np.median(values)) if values else float("nan")


def _pimples(results: Sequence[Result]) -> list[Fate]:
    return [f for r in results for f in r.marks("pimple")]


def _farthest(values: Iterable[float], aim: float = 0.0) -> float:
    """Return the value farthest from the aim; one that cannot be measured is the worst."""
    found = list(values)
    if any(math.isnan(v) for v in found):
        return float("nan")
    return max(found, key=lambda v: abs(v - aim), default=float("nan"))


def _chroma(index: int, combine: Callable[[Iterable[float]], float]) -> Callable[..., float]:
    def figure(results: Sequence[Result]) -> float:
        # A black-and-white photo has no chroma to keep: it is left out, not failed.
        values = [r.blotch[index] for r in results if not math.isnan(r.blotch[index])]
        return combine(values) if values else float("nan")

    return figure


def _mean(values: Iterable[float]) -> float:
    found = list(values)
    return float(np.mean(found)) if found else float("nan")


def _bumps(results: Sequence[Result]) -> float:
    """Return the mean over faces of the energy left at .005 and .01 face widths."""
    return _mean((r.texture[2] + r.texture[3]) / 2 for r in results)


def _still(results: Sequence[Result]) -> float:
    """Return a face's mean ratio of what its planted freckles and moles were: the farthest."""
    marks = ([*r.marks("freckle"), *r.marks("mole")] for r in results)
    return _farthest((_mean(f.stays for f in each) for each in marks if len(each) >= 5), 1.0)


def _colored(results: Sequence[Result]) -> float:
    """Return the same of the color of freckles alone, a face's median: moles hardly have any.

    Freckles without a color that can be seen are left out.
    """
    colors = ([f.colored for f in r.marks("freckle") if not math.isnan(f.colored)] for r in results)
    medians = [float(np.median(each)) for each in colors if len(each) >= 5]
    return _farthest(medians, 1.0)


def _total(kind: str, quality: str) -> Callable[[Sequence[Result]], float]:
    return lambda results: share([f for r in results for f in r.marks(kind)], quality)


def _worst(kind: str, quality: str) -> Callable[[Sequence[Result]], float]:
    def figure(results: Sequence[Result]) -> float:
        shares = [share(r.marks(kind), quality) for r in results if len(r.marks(kind)) >= 5]
        return min(shares, default=float("nan"))

    return figure


def _brown(quality: str, variant: str) -> Callable[[Sequence[Result]], float]:
    return lambda results: share(
        [f for r in results for f in r.marks("post_acne", (variant,))], quality
    )


GATES: Final = (
    Gate("texture .0012", lambda rs: _farthest((r.texture[0] for r in rs), 0.985), 0.92, 1.05),
    Gate("honesty", lambda rs: _farthest((r.honesty for r in rs), 1.0), 0.98, 1.0001),
    Gate("bumps left, mean of faces", _bumps, 0.70, 0.90),
    Gate("chroma a* kept, mean", _chroma(0, _mean), 0.85, 1.1),
    Gate("chroma b* kept, mean", _chroma(1, _mean), 0.85, 1.1),
    Gate("chroma a* kept, worst", _chroma(0, min), 0.75, 1.1),
    Gate("chroma b* kept, worst", _chroma(1, min), 0.75, 1.1),
    Gate("tone ΔL*", lambda rs: _farthest(r.tone.lightness for r in rs), -0.5, 0.5),
    Gate("tone Δhue", lambda rs: _farthest(r.tone.hue for r in rs), -1.5, 1.5),
    Gate("tone ΔITA", lambda rs: _farthest(r.tone.ita for r in rs), -0.8, 0.8),
    Gate("pimples gone, all", _total("pimple", "gone"), 0.90, 1.0),
    Gate("pimples gone, worst face", _worst("pimple", "gone"), 0.80, 1.0),
    Gate("pores of healed places", lambda rs: pores(_pimples(rs)), 0.6, 1.3),
    Gate("freckles kept, all", _total("freckle", "kept"), 0.97, 1.0),
    Gate("moles kept, all", _total("mole", "kept"), 1.0, 1.0),
    Gate("contrast of marks that stay", _still, 0.97, 1.03),
    Gate("color of marks that stay", _colored, 0.95, 1.05),
    Gate("brown marks of acne faded", _brown("gone", FADED), 0.80, 1.0),
    Gate("… kept without the switch", _brown("kept", POST_ACNE.name), 0.97, 1.0),
    Gate("heals on features", lambda rs: sum(r.misplaced for r in rs), 0, 0),
    Gate("leaks outside", lambda rs: sum(r.leaks.outside + r.leaks.beside for r in rs), 0, 0),
)


def row(result: Result) -> str:
    """Return the figures of one face in one line under `HEADER`."""
    count = {k: result.marks(k) for k in ("pimple", "freckle", "mole")}
    left = [f"{np.median([f.left for f in m]):.2f}" if m else " -- " for m in count.values()]
    gone = f"{sum(f.gone for f in count['pimple']):3d}/{len(count['pimple']):<3d}"
    kept = [f"{sum(f.kept for f in count[k]):3d}/{len(count[k]):<3d}" for k in ("freckle", "mole")]
    return (
        f"{result.name[:24]:24s}{result.width:5.0f}{result.ita:6.0f} "
        f"{' '.join(f'{x:4.2f}' for x in result.texture)} {result.honesty:5.3f} "
        f"{result.blotch[0]:5.2f}{result.blotch[1]:5.2f} "
        f"{result.tone.lightness:6.2f}{result.tone.hue:6.2f}{result.tone.ita:6.2f} "
        f"{gone} {left[0]} {pores(count['pimple']):5.2f} "
        f"{kept[0]} {left[1]} {kept[1]} {left[2]} "
        f"{len(result.healed_clean):4d}{result.leaks.outside + result.leaks.beside:6d}"
    )


HEADER: Final = (
    f"{'face':24s}{'fw':>5s}{'ITA':>6s} .0012 .0025 .005  .01  .02  .04  corr "
    f"{'ch a':>5s}{'ch b':>5s} {'dL':>6s}{'dhue':>6s}{'dITA':>6s} {'pimple':>7s} left "
    f"{'pores':>5s} {'freckle':>7s} left {'mole':>7s} left {'heal':>4s}{'leak':>6s}"
)


def verdicts(results: Sequence[Result]) -> list[str]:
    """Return a line for every gate: the deciding figure, the range, and whether it holds."""
    lines = []
    for gate in GATES:
        mark = "ok  " if gate.holds(results) else "FAIL"
        figure = gate.value(results)
        lines.append(f"{mark} {gate.name:30s}{figure:8.3f}   {gate.low:g} .. {gate.high:g}")
    return lines


def besides(results: Sequence[Result]) -> list[str]:
    """Return what is told but not gated: energy by band, and marks that touch each other."""
    bands = np.mean([r.texture for r in results], axis=0)
    lines = [f"energy left by band, mean of faces: {' '.join(f'{x:.2f}' for x in bands)}"]
    name = (TOUCHING.name,)
    touching = {k: [f for r in results for f in r.marks(k, name)] for k in NATURES}
    if not any(touching.values()):
        return lines
    gone = share(touching["pimple"], "gone")
    kept = [f"{k}s kept {share(touching[k], 'kept'):.2f}" for k in ("freckle", "mole")]
    return [*lines, f"touching marks: pimples gone {gone:.2f}, {', '.join(kept)}"]


def failed(results: Sequence[Result]) -> list[str]:
    """Return the names of the gates that do not hold."""
    return [gate.name for gate in GATES if not gate.holds(results)]
