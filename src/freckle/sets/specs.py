"""Official sizes of ID photos: one row a document, in millimeters, as they are usually given.

The rows are from general knowledge of the rules for passports and visas as of 2025 and 2026 and
were compared with few sources; `source` names the page that decides. Where nothing is said about
the eyes, the limits are ICAO's (Doc 9303, part 3): between half and .7 of the height above the
lower edge.
"""

from dataclasses import dataclass
from typing import Final, Literal

from freckle.errors import OutputError
from freckle.recipe.values import near

Range = tuple[float, float]
"""Least and most."""
Ground = Literal["white", "light", "gray"]
"""What the background has to be: white, any light plain color, light but no white."""


@dataclass(frozen=True, slots=True)
class Spec:
    """What an authority asks of a photo; lengths in millimeters."""

    name: str
    label: str
    width: float
    height: float
    head: Range
    """From chin to crown."""
    ground: Ground
    source: str
    hair: bool = False
    """Whether hair counts as head; otherwise the crown is the skull's."""
    above: Range | None = None
    """From the top of the head to the upper edge."""
    eyes: Range | None = None
    """From the lower edge to the eyes."""
    dpi: int = 300
    """Pixels an inch at least."""
    note: str = ""

    @property
    def eye_line(self) -> Range:
        """How far the eyes lie above the lower edge."""
        return self.eyes or (0.5 * self.height, 0.7 * self.height)


SPECS: Final = (
    Spec("at", "Austria", 35, 45, (32, 36), "light", "Passbildkriterien, Bundesministerium"),
    Spec("au", "Australia", 35, 45, (32, 36), "light", "Passport photo guidelines, APO"),
    Spec("ca", "Canada", 50, 70, (31, 36), "white", "Passport photo requirements, IRCC"),
    Spec("ch", "Switzerland", 35, 45, (29, 34), "light", "Fotomustertafel, fedpol"),
    Spec(
        "cn",
        "China",
        33,
        48,
        (28, 33),
        "white",
        "Photo requirements, National Immigration Administration",
        hair=True,
        above=(3, 5),
    ),
    Spec(
        "de",
        "Germany",
        35,
        45,
        (32, 36),
        "gray",
        "Foto-Mustertafel, Bundesministerium des Innern",
        dpi=600,
        note="Since May 2025 the office takes photos only from cameras and services it has "
        "certified; a print is for other papers.",
    ),
    Spec("eu", "Schengen visa", 35, 45, (32, 36), "light", "Photo specifications, EU Visa Code"),
    Spec("fr", "France", 35, 45, (32, 36), "gray", "Normes pour une photo d'identité, ANTS"),
    Spec("gb", "United Kingdom", 35, 45, (29, 34), "gray", "Passport photos, HM Passport Office"),
    Spec("hk", "Hong Kong", 40, 50, (32, 36), "white", "Photograph requirements, Immigration"),
    Spec(
        "in",
        "India, visa and OCI",
        50.8,
        50.8,
        (25, 35),
        "white",
        "Photo specifications, Ministry of Home Affairs",
        hair=True,
        eyes=(28.6, 34.9),
    ),
    Spec(
        "jp",
        "Japan",
        35,
        45,
        (32, 36),
        "light",
        "Passport photo standards, Ministry of Foreign Affairs",
        hair=True,
        above=(2, 6),
    ),
    Spec("kr", "South Korea", 35, 45, (32, 36), "white", "Passport photo rules, MOFA"),
    Spec("nl", "Netherlands", 35, 45, (26, 30), "light", "Fotomatrix, RvIG", dpi=400),
    Spec("sg", "Singapore", 35, 45, (25, 35), "white", "Photo guidelines, ICA"),
    Spec(
        "us",
        "United States",
        50.8,
        50.8,
        (25.4, 34.9),
        "white",
        "Passport photos, Department of State",
        hair=True,
        eyes=(28.6, 34.9),
    ),
)
BY_NAME: Final = {spec.name: spec for spec in SPECS}


def spec_of(name: str) -> Spec:
    """Return the spec of a country by its code or English name. Raises `OutputError`."""
    asked = name.strip().casefold()
    for spec in SPECS:
        if asked in (spec.name, spec.label.casefold(), spec.label.partition(",")[0].casefold()):
            return spec
    raise OutputError(f"There is no country {name[:60]!r}.", near(asked, BY_NAME, "Countries"))
