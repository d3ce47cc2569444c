"""What a link allows, as whoever makes it chooses."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from freckle.server.wire import PLAIN, Body

Ask = Literal["look", "approve", "choose"]
"""What the guest is asked for: nothing; yes or no to each picture; some of them."""
Decision = Literal["approved", "rejected", "chosen"]
Carried = Literal["nothing", "no_place", "all"]
"""How much of the original's metadata a downloaded file has."""
DECISIONS: dict[str, tuple[Decision, ...]] = {
    "look": (),
    "approve": ("approved", "rejected"),
    "choose": ("chosen",),
}


class Terms(Body):
    """What a link allows."""

    ask: Ask = "approve"
    least: Annotated[int, Field(ge=0, le=500)] = 1
    """Fewest pictures that may be chosen."""
    most: Annotated[int, Field(ge=1, le=500)] | None = None
    """Most pictures that may be chosen; None: all."""
    longest: Literal[1024, 2048, 4096] = 2048
    """Longer side of the largest picture, in pixels."""
    watermark: Annotated[str, Field(max_length=60, pattern=PLAIN)] = ""
    """Words that are drawn over all pictures."""
    compare: bool = True
    """Whether the original is shown beside the retouch."""
    report: bool = True
    """Whether it is said what was changed."""
    comments: bool = True
    download: bool = False
    """Whether pictures may be saved as files, as large as they are shown."""
    metadata: Carried = "nothing"
    """Of downloaded files; what is shown on the page has none."""

    @model_validator(mode="after")
    def _possible(self) -> Self:
        if self.most is not None and self.most < self.least:
            raise ValueError("the most must not be less than the least")
        return self
