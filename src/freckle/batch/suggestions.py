"""What stands out in a set, in words for its contact sheet."""

from collections import defaultdict
from typing import Any, Final

from freckle.batch.planning import Looked
from freckle.sets.suggestions import Kind, Sight
from freckle.sets.suggestions import suggestions as suggested

WORDS: Final[dict[Kind, str]] = {
    "closed": "eyes closed",
    "soft": "soft focus",
    "cut": "head cut",
    "alike": "like {other}",
    "best": "best of those alike",
    "light": "other light",
}


def suggestions(found: Looked) -> dict[str, list[str]]:
    """Return by photo what somebody might look at; nothing is left out because of it."""
    faces: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for seen in found.faces:
        faces[seen.source.id].append({**seen.face, "person": seen.person})
    sights = [Sight(photo, print_, faces[photo]) for photo, print_ in found.prints.items()]
    said: dict[str, list[str]] = defaultdict(list)
    for each in suggested(sights):
        words = WORDS[each.kind].format(other=each.other.rsplit("/", 1)[-1])
        if words not in said[each.photo]:
            said[each.photo].append(words)
    return dict(said)
