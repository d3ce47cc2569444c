"""What travels over the live socket besides pictures; `docs/live.md` says in which order."""

from typing import Annotated, Final, Literal

from pydantic import Field, JsonValue, TypeAdapter, ValidationError

from freckle.server.problems import Problem, WebError
from freckle.server.wire import Answer, Body, View

LONGEST_HEAD: Final = 2_000
"""Characters of a message's first line, the only one that the event loop reads."""

Number = Annotated[int, Field(ge=0, le=2**32 - 1)]


class LiveChange(Body):
    """Editor → server: the newest recipe and view. This is the message's first line.

    The second line is the recipe: whole, or what changed (a list of `RecipeChange`).
    """

    id: Number
    base: Number | None = None
    """Number of the recipe that the second line changes; null: the second line is a recipe."""
    view: View
    frame: Annotated[str, Field(max_length=1000)] = ""
    """Tells one crop from another: with another one the original is drawn anew."""
    drag: bool = False
    """A drag goes on: speed before size."""


class RecipeChange(Body):
    """One change of a recipe, as in JSON Patch (RFC 6902)."""

    op: Literal["add", "replace", "remove"]
    path: str
    """JSON Pointer (RFC 6901) into the recipe."""
    value: JsonValue = None
    """What is put there; left out with `remove`."""


class LiveAck(Body):
    """Editor → server: the frame with this id is on the screen."""

    ack: Number


class LiveError(Answer):
    """Server → editor: the last good frame stays valid."""

    error: Problem


class LiveAnalysis(Answer):
    """Server → editor: faces are known."""

    analysis: Literal["ready"] = "ready"


class LiveSettled(Answer):
    """Server → editor: the frame just sent is the final one for this id."""

    settled: int


class LiveUnknown(Answer):
    """Server → editor: the base of this change is not known (any more): send the recipe whole."""

    unknown: int


class LiveNewer(Answer):
    """Server → editor: the history has gone on to this revision, here or in another window."""

    newer: int
    author: str


Told = LiveError | LiveAnalysis | LiveSettled | LiveUnknown | LiveNewer
_HEAD: Final[TypeAdapter[LiveChange | LiveAck]] = TypeAdapter(LiveChange | LiveAck)


def read(text: str) -> tuple[LiveChange | LiveAck, bytes]:
    """Return a message's head and the rest, which only a worker reads. Raises `bad_request`."""
    head, _, rest = text.partition("\n")
    if len(head) <= LONGEST_HEAD:
        try:
            message = _HEAD.validate_json(head)
        except ValidationError:
            raise _not_understood() from None
        if isinstance(message, LiveAck) or rest:
            return message, rest.encode()
    raise _not_understood()


def _not_understood() -> WebError:
    return WebError("bad_request", "This change was not understood.", "Reload the page.")
