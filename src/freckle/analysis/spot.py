"""One mark of the skin: what is known about it."""

from dataclasses import dataclass
from typing import Final, Literal, Self

Kind = Literal["red", "brown", "mole", "scar", "added"]
"""What a mark is; somebody pointed at what is added, and nothing is known of it but its size."""
Doubt = Literal["paint", "feature", "edge", "glasses", "thing", "hair", "line", "scar"]
"""Why a mark is not healed by itself: what it may be, or what lies there."""

Disc = tuple[float, float, float]
"""Middle and radius, in frame pixels."""

SUGGESTED: Final = -1.0
"""Log-odds from which what is doubtful is still worth a question."""


@dataclass(frozen=True, slots=True)
class Spot:
    """One mark, in frame pixels.

    `contrast` is the mean of −ln linear (R, G, B) inside minus around; `strength` how many robust
    deviations of this person's skin it stands out; `confidence` 0..1.
    """

    x: float
    y: float
    radius: float
    kind: Kind
    strength: float
    contrast: tuple[float, float, float]
    visible: float
    """Color difference against the skin around, ΔE (CIE 1976)."""
    confidence: float
    doubt: Doubt | None = None
    """Why it may be no mark of skin; None where nothing speaks against it."""
    odds: float = 0.0
    """Log-odds of a blemish, or of a brown mark, against all else that looks like one."""
    post_acne: bool = False
    """Whether a brown mark is what healed acne left."""
    edge: float = 0.5
    """Share of its contrast that is lost across its border: .3 is soft, .7 sharp."""
    parts: tuple[Disc, ...] = ()
    """What a long mark is made of, along its middle; empty for a round one."""

    @classmethod
    def added(cls, disc: Disc) -> Self:
        """Return a spot that somebody added by hand."""
        x, y, radius = disc
        return cls(x, y, radius, "added", 0.0, (0.0, 0.0, 0.0), 0.0, 1.0)

    @property
    def discs(self) -> tuple[Disc, ...]:
        """All that is healed when the mark is."""
        return self.parts or ((self.x, self.y, self.radius),)

    @property
    def guess(self) -> bool:
        """Whether it is nothing but a question until somebody decides: it is not spared, either."""
        return self.kind == "scar" and self.doubt is not None

    @property
    def erythema(self) -> float:
        """Δln(R/G): redness against the skin around."""
        return self.contrast[1] - self.contrast[0]

    @property
    def suggested(self) -> bool:
        """Whether it looks like a blemish but something speaks against healing it unasked."""
        return self.doubt is not None and (self.kind == "scar" or self.odds > SUGGESTED)

    @property
    def red_share(self) -> float:
        """The share of redness against darkness in red."""
        return self.erythema / max(self.erythema + max(self.contrast[0], 0.0), 1e-6)

    @property
    def blood(self) -> float:
        """Blood against melanin: about 1 for a pimple, 0 for a freckle.

        The share of redness against darkness in red (Δln R/G, Δln 1/R), less what blue loses more
        than green: melanin takes blue most.
        """
        _, green, blue = self.contrast
        return self.red_share - (blue - green) / max(green, 0.02)
