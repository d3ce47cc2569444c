"""What must hold, and the tables that show it."""

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from benchmarks.harness import Result
from benchmarks.marks import Fate
from benchmarks.plant import NATURES, TOUCHING
from benchmarks.portraits import CLEAN


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


def _blotch(index: int) -> Callable[[Sequence[Result]], float]:
    def figure(results: Sequence[Result]) -> float:
        # A black-and-white photo has no chroma to even: it is left out, not failed.
        values = [r.blotch[index] for r in results if not math.isnan(r.blotch[index])]
        return max(values, default=float("nan"))

    return figure


def _total(kind: str, quality: str) -> Callable[[Sequence[Result]], float]:
    return lambda results: share([f for r in results for f in r.marks(kind)], quality)


def _worst(kind: str, quality: str) -> Callable[[Sequence[Result]], float]:
    def figure(results: Sequence[Result]) -> float:
        shares = [share(r.marks(kind), quality) for r in results if len(r.marks(kind)) >= 5]
        return min(shares, default=float("nan"))

    return figure


def _false_heals(results: Sequence[Result]) -> float:
    """Return the largest count on a clean face; 0 when there is none to heal falsely."""
    return max((len(r.healed_clean) for r in results if r.name in CLEAN), default=0)


GATES: Final = (
    Gate("texture .0012", lambda rs: _farthest((r.texture[0] for r in rs), 0.925), 0.80, 1.05),
    Gate("texture .0025", lambda rs: _farthest((r.texture[1] for r in rs), 0.925), 0.80, 1.05),
    Gate("honesty", lambda rs: _farthest((r.honesty for r in rs), 1.0), 0.985, 1.0001),
    Gate("blotch a*", _blotch(0), 0.0, 0.75),
    Gate("blotch b*", _blotch(1), 0.0, 0.75),
    Gate("tone ΔL*", lambda rs: _farthest(r.tone.lightness for r in rs), -1.0, 1.0),
    Gate("tone Δhue", lambda rs: _farthest(r.tone.hue for r in rs), -1.5, 1.5),
    Gate("tone ΔITA", lambda rs: _farthest(r.tone.ita for r in rs), -1.5, 1.5),
    Gate("pimples gone, all", _total("pimple", "gone"), 0.90, 1.0),
    Gate("pimples gone, worst face", _worst("pimple", "gone"), 0.80, 1.0),
    Gate("pores of healed places", lambda rs: pores(_pimples(rs)), 0.6, 1.3),
    Gate("freckles kept, all", _total("freckle", "kept"), 0.90, 1.0),
    Gate("moles kept, all", _total("mole", "kept"), 1.0, 1.0),
    Gate("false heals, worst clean face", _false_heals, 0, 2),
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
        f"{result.texture[0]:5.2f}{result.texture[1]:5.2f}{result.honesty:6.3f} "
        f"{result.blotch[0]:5.2f}{result.blotch[1]:5.2f} "
        f"{result.tone.lightness:6.2f}{result.tone.hue:6.2f}{result.tone.ita:6.2f} "
        f"{gone} {left[0]} {pores(count['pimple']):5.2f} "
        f"{kept[0]} {left[1]} {kept[1]} {left[2]} "
        f"{len(result.healed_clean):4d}{result.leaks.outside + result.leaks.beside:6d}"
    )


HEADER: Final = (
    f"{'face':24s}{'fw':>5s}{'ITA':>6s} {'rho1':>5s}{'rho2':>5s}{'corr':>6s} "
    f"{'bl a':>5s}{'bl b':>5s} {'dL':>6s}{'dhue':>6s}{'dITA':>6s} {'pimple':>7s} left "
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
    """Return what is told but not gated: blotch of skin alone, and marks that touch each other."""
    inside = [[r.blotch_inside[k] for r in results] for k in (0, 1)]
    worst = [max((v for v in values if not math.isnan(v)), default=0.0) for values in inside]
    lines = [f"blotch by averages over skin only, worst face: a* {worst[0]:.2f}, b* {worst[1]:.2f}"]
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
