"""Whether a photo's ground is so plain that another one can take its place unseen."""

from typing import Final

import numpy as np

from freckle.analysis.portrait import Portrait

EVEN: Final = 9.0
"""Spread of L* beside the head up to which a ground is plain."""
LEAST: Final = 0.04
"""Share of a face's frame that must be ground to tell."""


def plain_ground(portrait: Portrait) -> bool:
    """Say whether one person stands before a plain ground, as far as can be seen beside the head.

    Before such a ground nobody misses what was there, and edges are cut out surely.
    """
    people = [person for person in portrait.people if person.editable]
    if len(portrait.people) != 1 or not people:
        return False
    regions = people[0].scene.regions
    behind = regions.parsing.background > 0.9
    if behind.mean() < LEAST:
        return False
    low, high = np.percentile(regions.light[behind], [8, 92])
    return float(high - low) < 2 * EVEN
