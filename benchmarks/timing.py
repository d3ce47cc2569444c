"""Time in codec units: interleaved with libjpeg-turbo's open + save, calibrated, medians.

A unit U of a file is one decode to 8-bit RGB plus one encode with the output's quality and
subsampling. A machine that is busy with other things slows both; a trial during which the
machine's speed changed is thrown away.
"""

import os
import platform
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Final

import cv2
import numpy as np
import simplejpeg  # type: ignore[import-untyped]

STEADY: Final = 0.10
"""A trial counts when the calibration kernel took the same before and after within this share."""


@dataclass(frozen=True, slots=True)
class Span:
    """Seconds on the clock and on all cores of this process."""

    wall: float
    cpu: float


@dataclass(frozen=True, slots=True)
class Trial:
    """One open + save and one run of the job, side by side."""

    unit: Span
    job: Span


@dataclass(frozen=True, slots=True)
class Timing:
    """All trials of one file that counted."""

    trials: list[Trial] = field(default_factory=list)
    discarded: int = 0

    def ratio(self, clock: str = "wall") -> float:
        """R (wall) or Rc (cpu): median of job over unit."""
        return float(statistics.median(self.ratios(clock)))

    def p95(self, clock: str = "wall") -> float:
        """95th percentile of the same."""
        return float(np.quantile(self.ratios(clock), 0.95))

    def ratios(self, clock: str) -> list[float]:
        """Every trial's job over the median unit."""
        unit = statistics.median(getattr(t.unit, clock) for t in self.trials)
        return [getattr(t.job, clock) / unit for t in self.trials]

    def median(self, part: str, clock: str) -> float:
        """Median seconds of `unit` or `job` on `wall` or `cpu`."""
        return float(statistics.median(getattr(getattr(t, part), clock) for t in self.trials))


def span(job: Callable[[], object]) -> Span:
    """Time one call."""
    wall, cpu = time.perf_counter(), time.process_time()
    job()
    return Span(time.perf_counter() - wall, time.process_time() - cpu)


def open_and_save(data: bytes, quality: int) -> None:
    """Decode and encode as libjpeg-turbo does it in one thread."""
    pixels = simplejpeg.decode_jpeg(data)
    simplejpeg.encode_jpeg(pixels, quality=quality, colorsubsampling="420")


def calibrate() -> float:
    """Seconds of a convolution of half a billion multiplications in one thread, median of 3."""
    threads = cv2.getNumThreads()
    cv2.setNumThreads(1)
    try:
        picture = np.zeros((2500, 2500), np.float32)
        kernel = np.full((9, 9), 1 / 81, np.float32)
        runs = [span(lambda: cv2.filter2D(picture, -1, kernel)).wall for _ in range(3)]
        return statistics.median(runs)
    finally:
        cv2.setNumThreads(threads)


def measure(
    data: bytes, job: Callable[[], object], *, quality: int, wanted: int = 5, most: int = 20
) -> Timing:
    """Time a job against the codec on one file: unit, job, unit, job and so on.

    The first call of both is thrown away. When the machine never holds still for `wanted` trials
    within `most`, the unsteady ones count too, and `discarded` says 0.
    """
    job()
    open_and_save(data, quality)
    steady: list[Trial] = []
    every: list[Trial] = []
    while len(steady) < wanted and len(every) < most:
        before = calibrate()
        trial = Trial(span(lambda: open_and_save(data, quality)), span(job))
        every.append(trial)
        if abs(calibrate() - before) <= STEADY * before:
            steady.append(trial)
    if len(steady) < min(3, wanted):
        return Timing(every, 0)
    return Timing(steady, len(every) - len(steady))


def exponent(megapixels: list[float], seconds: list[float]) -> float:
    """Slope of log seconds over log megapixels: 1 is linear growth."""
    return float(np.polyfit(np.log(megapixels), np.log(seconds), 1)[0])


def line(megapixels: list[float], amounts: list[float]) -> tuple[float, float]:
    """Fit a + b · MP; return a and b."""
    slope, start = np.polyfit(megapixels, amounts, 1)
    return float(start), float(slope)


def machine() -> dict[str, Any]:
    """Describe what the figures were taken on."""
    return {
        "cores": len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else None,
        "load": os.getloadavg()[0],
        "processor": platform.machine(),
        "python": platform.python_version(),
        "numpy": np.__version__,
        "opencv": cv2.__version__,
    }
