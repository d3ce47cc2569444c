"""Look at a photo once: who is in it, and everything an op will ask."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from freckle.analysis.doubt import ground_of, weighed
from freckle.analysis.faces import Face, find_faces
from freckle.analysis.masks import regions_of
from freckle.analysis.matte import Matte
from freckle.analysis.parts import Parts
from freckle.analysis.regions import Regions
from freckle.analysis.scars import Scars
from freckle.analysis.scene import Scene
from freckle.analysis.shape import Shape
from freckle.analysis.spots import find_spots
from freckle.analysis.verdict import SMALLEST_RETOUCHED, Verdict, judge
from freckle.photo import Photo
from freckle.pixels.threads import ahead
from freckle.vision.matting import chosen


@dataclass(frozen=True, eq=False)
class Person:
    """One person of a photo. `key` stays the same as long as the photo does."""

    key: str
    face: Face
    photo: Photo

    @cached_property
    def regions(self) -> Regions:
        """The face's frame and its parts; made when first asked for."""
        return regions_of(self.photo, self.face)

    @cached_property
    def scene(self) -> Scene:
        """The face's frame, regions and marks; made when first asked for."""
        ground = ahead(lambda: ground_of(self.regions))
        marks = weighed(find_spots(self.regions), self.regions, ground)
        return Scene(self.regions.frame, self.regions, marks, Scars(self.regions, marks))

    @cached_property
    def shape(self) -> Shape:
        """The face's landmarks on a grid, for tools that move them; made when first asked for."""
        return Shape.of(self.photo, self.face)

    @cached_property
    def verdict(self) -> Verdict:
        """Whether this is a human face to retouch, or why it is left alone unless asked for."""
        return judge(self)

    @property
    def large(self) -> bool:
        """Whether the face is large enough to hold skin detail."""
        return self.face.scale >= SMALLEST_RETOUCHED

    @property
    def editable(self) -> bool:
        """Whether the face is retouched without being asked for by name."""
        return self.verdict is Verdict.FACE


@dataclass(frozen=True, eq=False)
class Portrait:
    """What analysis found in a photo."""

    people: tuple[Person, ...]
    photo: Photo | None = None
    """The photo; without it nobody can be cut out."""

    @cached_property
    def matte(self) -> Matte:
        """The people cut out, strand by strand; made when first asked for, in seconds.

        Raises `RecipeError` where a matting network of the user's own fails.
        """
        return self._matte(quick=False)

    @property
    def quick_matte(self) -> Matte:
        """The same in tenths of a second, for a preview; the fine one where that is known."""
        if not self.cut_out:
            return self._rough
        self.__dict__.pop("_rough", None)
        return self.matte

    @property
    def cut_out(self) -> bool:
        """Whether the fine matte is there, so that nobody waits for it."""
        return "matte" in self.__dict__

    @cached_property
    def _rough(self) -> Matte:
        return self._matte(quick=True)

    def _matte(self, *, quick: bool) -> Matte:
        if self.photo is None:
            raise ValueError("This portrait was made without its photo.")
        faces = [person.face for person in self.people]
        return Matte.of(self.photo, faces, quick=quick, network=None if quick else chosen())

    @cached_property
    def parts(self) -> Parts:
        """Which pixels are hair, clothes and ground; made when first asked for."""
        if self.photo is None:
            raise ValueError("This portrait was made without its photo.")
        return Parts.of(self.photo, [person.face for person in self.people])

    @property
    def keys(self) -> tuple[str, ...]:
        """The people's keys, in their order."""
        return tuple(person.key for person in self.people)


def analyze(photo: Photo) -> Portrait:
    """Find the people of a photo, largest face first."""
    people: dict[str, Person] = {}
    for face in find_faces(eight_bit(photo)):
        key = place = _key(face, photo)
        while key in people:  # two faces within a hundredth of the photo: tiny ones in a crowd
            key = f"{place}-{sum(other.startswith(place) for other in people) + 1}"
        people[key] = Person(key, face, photo)
    return Portrait(tuple(people.values()), photo)


def eight_bit(photo: Photo) -> npt.NDArray[np.uint8]:
    """Return the pixels as 8 bit, which is what networks look at."""
    if photo.pixels.dtype == np.uint8:
        return np.asarray(photo.pixels, np.uint8)
    return np.asarray(photo.pixels >> 8, np.uint8)


def _key(face: Face, photo: Photo) -> str:
    """Name a person by the place of the face in unit coordinates, to a hundredth."""
    x, y = face.landmarks[:468, :2].mean(axis=0)
    return f"{round(100 * float(x) / photo.width):02d}-{round(100 * float(y) / photo.height):02d}"
