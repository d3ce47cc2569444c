"""Who is the same person: faces of a set grouped by what a network sees in them."""

from collections.abc import Sequence
from typing import Final

import numpy as np

from freckle.pixels.color import Floats

ALIKE: Final = 0.62
"""Cosine from which two faces are one person's: of 102 people the same were never below .76,
others never above .56."""


def grouped(vectors: Floats, photos: Sequence[int]) -> list[int]:
    """Return a number for each face, equal where it is the same person; in order of appearance.

    `vectors` (n × 128) have length 1; two faces of one photo are never the same person. Groups
    grow by the mean of all likenesses (UPGMA, Sokal and Michener 1958), which is the product of
    their mean vectors: one bad picture does not join two people.
    """
    count = len(vectors)
    if count < 2:
        return list(range(count))
    means = vectors.astype(np.float64)
    members = [[k] for k in range(count)]
    shown = [{photo} for photo in photos]
    like = means @ means.T
    for k in range(count):
        like[k, [photo == photos[k] for photo in photos]] = -1
    best = like.argmax(axis=1)
    while True:
        one = int(np.argmax(like[np.arange(count), best]))
        other = int(best[one])
        if like[one, other] < ALIKE:
            return _numbered(members, count)
        sizes = len(members[one]), len(members[other])
        means[one] = (sizes[0] * means[one] + sizes[1] * means[other]) / sum(sizes)
        members[one] += members[other]
        shown[one] |= shown[other]
        members[other] = []
        row = means @ means[one]
        row[[not group or bool(shown[one] & shown[k]) for k, group in enumerate(members)]] = -1
        like[one], like[:, one] = row, row
        like[other], like[:, other] = -1, -1
        stale = (best == one) | (best == other) | (like[:, one] > like[np.arange(count), best])
        stale[one] = True
        best[stale] = like[stale].argmax(axis=1)


def _numbered(members: Sequence[Sequence[int]], count: int) -> list[int]:
    """Return a number for each face: groups count from their first face."""
    out = [0] * count
    for number, group in enumerate(sorted(filter(None, members), key=min)):
        for k in group:
            out[k] = number
    return out
