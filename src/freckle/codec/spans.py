"""Overwrite parts of a block, each byte once, however the parts overlap."""

from collections.abc import Iterable

Span = tuple[int, int]
"""Where something begins, and where it has ended."""


def union(spans: Iterable[Span]) -> list[Span]:
    """Join spans that touch, in order."""
    joined: list[Span] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = joined[-1][0], max(joined[-1][1], end)
        else:
            joined.append((start, end))
    return joined


def wipe(changed: bytearray, spans: Iterable[Span]) -> None:
    """Put zeros into spans; what lies beyond the end is not there."""
    for start, end in union(spans):
        size = min(end, len(changed)) - start
        if size > 0:
            changed[start : start + size] = bytes(size)
