"""The networks: the only place that runs them."""

from freckle.vision.session import versions

__all__ = ["versions"]
