"""A cage for decoders: strangers' files are decoded where nothing can be reached or broken."""

from freckle.cage.entrusting import caged as caged
from freckle.cage.kernel import protections as protections
