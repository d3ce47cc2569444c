"""Makeup and beards: what a mood or a style brings along is for faces without one."""

from collections.abc import Sequence, Set
from dataclasses import dataclass
from typing import Final

from freckle.analysis.beard import bearded
from freckle.analysis.portrait import Portrait
from freckle.looks.reading import MAKEUP
from freckle.ops.catalogue import BY_NAME
from freckle.recipe.recipe import Step


@dataclass(frozen=True, slots=True)
class Beards:
    """Who in a photo has a beard."""

    keys: tuple[str, ...] = ()
    """Their keys."""
    alone: bool = False
    """Whether nobody else is in the photo."""

    @classmethod
    def of(cls, portrait: Portrait) -> "Beards":
        """Look at the people who are retouched."""
        people = [person for person in portrait.people if person.editable]
        keys = tuple(person.key for person in people if bearded(person.regions))
        return cls(keys, len(keys) == len(people))

    def spared(self, steps: Sequence[Step], named: Set[str]) -> tuple[Step, ...]:
        """Return steps without makeup on beards, as far as nobody asks for it.

        Where everybody has a beard, tools that words name are asked for (`named`). Where not, they
        are for the others: each beard gets steps of its own that do nothing.
        """
        if self.alone:
            return tuple(s for s in steps if s.edit.op not in MAKEUP - named)
        worn = [BY_NAME[s.edit.op] for s in steps if s.edit.op in MAKEUP]
        bare = (Step(edit=tool.params(), person=key) for tool in worn for key in self.keys)
        return (*steps, *bare)


NOBODY: Final = Beards()
"""Where no photo is known."""
