"""The typefaces that posters are set in, which letters they have, and people's own."""

import re
import tempfile
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final, Literal

from freckle.errors import RecipeError
from freckle.recipe.values import near

FOLDER: Final = Path(__file__).parent / "fonts"
FAMILIES: Final = (
    "Anton",
    "Archivo",
    "Inter",
    "Instrument Serif",
    "Noto Sans",
    "Playfair Display",
    "Sofia Sans",
    "Source Serif 4",
    "Space Grotesk",
)
"""Typefaces to choose from; Archivo is its Black, Sofia Sans its Extra Condensed."""
WORLD: Final = (
    *("Noto Sans", "Noto Sans Arabic", "Noto Sans Hebrew", "Noto Sans Devanagari"),
    *("Noto Sans Bengali", "Noto Sans Gurmukhi", "Noto Sans Gujarati", "Noto Sans Oriya"),
    *("Noto Sans Tamil", "Noto Sans Telugu", "Noto Sans Kannada", "Noto Sans Malayalam"),
    *("Noto Sans Sinhala", "Noto Sans Thai", "Noto Sans Lao", "Noto Sans Khmer"),
    *("Noto Sans Myanmar", "Noto Sans Georgian", "Noto Sans Armenian", "Noto Sans Ethiopic"),
)
EAST: Final = {"zh": "SC", "ja": "JP", "ko": "KR"}
LAST: Final = ("Noto Sans Symbols", "Noto Emoji")
INVISIBLE: Final = frozenset({0x0A, 0x0D, 0x09, 0x200B, 0x200C, 0x200D, 0x2060, 0xFE0E, 0xFE0F})
MOST_BYTES: Final = 40 * 2**20
RESTRICTED: Final = 0x0002
"""The bit of OS/2's fsType that forbids a font to be embedded in a document."""
WHOLE_ONLY: Final = 0x0300
"""Bits that forbid to embed a part of it, or its outlines: documents hold both."""
Embedding = Literal["installable", "editable", "preview"]


@dataclass(frozen=True, slots=True)
class Typeface:
    """A file of a typeface that is not packaged."""

    family: str
    path: Path


def folders() -> list[Path]:
    """Return where typefaces lie: the packaged ones, and East Asian ones where installed.

    Raises `RecipeError` where the package was built without them.
    """
    if not (FOLDER / "fonts.json").is_file():
        raise RecipeError(
            "The posters' typefaces are missing from this installation.",
            "Run `python scripts/fonts.py`, or install a built wheel.",
        )
    eastern = find_spec("manimgx_fonts_cjk")
    places = (eastern.submodule_search_locations or []) if eastern else []
    return [FOLDER, *map(Path, places)]


def fallbacks(lang: str) -> list[str]:
    """Return the families that are asked for letters which a typeface has not, in order."""
    east = [EAST.get(lang, "SC"), *(each for each in ("SC", "JP", "KR") if each != EAST.get(lang))]
    return [
        *WORLD,
        *(f"Noto Sans CJK {each}" for each in dict.fromkeys(east)),
        *LAST,
    ]


def missing(text: str, own: Iterable[Path] = ()) -> str:
    """Return the letters of a text that no typeface has, each once."""
    known = _packaged()
    extra: set[int] = set()
    for path in own:
        extra |= _letters(path)
    lost = {ord(letter) for letter in text} - INVISIBLE - known - extra
    return "".join(sorted(map(chr, lost)))


def check_letters(texts: Iterable[str], own: Iterable[Path] = ()) -> None:
    """Refuse texts with letters that would come out as boxes. Raises `RecipeError`."""
    lost = missing("".join(texts), own)
    if lost:
        shown = " ".join(f"{letter} (U+{ord(letter):04X})" for letter in lost[:8])
        raise RecipeError(
            f"No typeface here has {shown}.",
            "For Chinese, Japanese and Korean install freckle[cjk]; else name a font file "
            "that has them in the brand, or write it otherwise.",
        )


def typeface(named: str, folder: Path) -> str | Typeface:
    """Return a family's name, or a checked font file. Raises `RecipeError`.

    `folder` is what relative paths start from.
    """
    if named in FAMILIES:
        return named
    if not named.lower().endswith((".ttf", ".otf")):
        raise RecipeError(
            f"There is no typeface {named!r}.",
            f"{near(named, FAMILIES, 'Typefaces')} Or name a .ttf or .otf file.",
        )
    return checked(folder / named)


def checked(path: Path) -> Typeface:
    """Open a font file and say its family. Raises `RecipeError` for what cannot be used."""
    if not path.is_file() or path.stat().st_size > MOST_BYTES:
        raise RecipeError(
            f"The font {path.name!r} is not there, or larger than 40 MB.", "Check its name."
        )
    import uharfbuzz as hb  # type: ignore[import-untyped]  # noqa: PLC0415 - only posters need it

    try:
        face = hb.Face(path.read_bytes())
        family = face.get_name(hb.OTNameIdPredefined.TYPOGRAPHIC_FAMILY) or face.get_name(
            hb.OTNameIdPredefined.FONT_FAMILY
        )
        count, table = len(face.unicodes), _table(face, "OS/2")
    except (RuntimeError, ValueError) as error:
        raise _no_font(path) from error
    if not family or not count:
        raise _no_font(path)
    bits = _allowed(table)
    if bits & 0x000F == RESTRICTED or bits & WHOLE_ONLY:
        raise RecipeError(
            f"The font {path.name!r} may not be embedded in documents, its maker says.",
            "Choose another one, or ask for a licence that allows it.",
        )
    return Typeface(_family(path), path)


def licence_of(path: Path) -> tuple[Embedding, str]:
    """Return how documents may embed a checked font, and what it says of its licence."""
    import uharfbuzz as hb  # noqa: PLC0415 - only posters need it

    face = hb.Face(path.read_bytes())
    bits = _allowed(_table(face, "OS/2")) & 0x000F
    embedding: Embedding = "preview" if bits & 4 else "editable" if bits & 8 else "installable"
    names = hb.OTNameIdPredefined
    said = (face.get_name(name) for name in (names.LICENSE, names.LICENSE_URL))
    return embedding, " ".join(" ".join(each.split()) for each in said if each)[:300]


def _allowed(table: bytes) -> int:
    """Return fsType of an OS/2 table."""
    return int.from_bytes(table[8:10], "big") if len(table) >= 10 else 0


def _family(path: Path) -> str:
    """Return a family's name as the typesetter knows it: without words for its width or weight."""
    import typst  # noqa: PLC0415 - only posters need it

    with tempfile.TemporaryDirectory() as alone:
        (Path(alone) / path.name).write_bytes(path.read_bytes())
        fonts = typst.Fonts(
            include_system_fonts=False, include_embedded_fonts=False, font_paths=[alone]
        )
        families = fonts.families()
    if not families:
        raise _no_font(path)
    return str(families[0])


@cache
def _packaged() -> frozenset[int]:
    """Return every letter that some typeface has."""
    found: set[int] = set()
    for folder in folders():
        for path in sorted(folder.iterdir()):
            if path.suffix in (".ttf", ".ttc", ".otf"):
                found |= _letters(path)
    return frozenset(found)


@cache
def _letters(path: Path) -> frozenset[int]:
    import uharfbuzz as hb  # noqa: PLC0415 - only posters need it

    return frozenset(hb.Face(hb.Blob.from_file_path(str(path))).unicodes)


def _table(face: Any, tag: str) -> bytes:
    return bytes(face.reference_table(tag).data) if tag in face.table_tags else b""


def _no_font(path: Path) -> RecipeError:
    return RecipeError(f"{path.name!r} is no font that can be read.", "Give a .ttf or .otf file.")


def right_to_left(text: str) -> bool:
    """Whether the first letter with a direction runs to the left."""
    for letter in text:
        match unicodedata.bidirectional(letter):
            case "L":
                return False
            case "R" | "AL":
                return True
    return False


def tall(text: str) -> bool:
    """Whether a text has letters beyond Latin, Greek and Cyrillic, which need more room."""
    return any(
        ord(letter) > 0x52F
        and not 0x1E00 <= ord(letter) <= 0x1FFF
        and unicodedata.category(letter)[0] in "LM"
        for letter in text
    )


def words_of(texts: Sequence[str]) -> list[str]:
    """Return the words that must not be broken, longest first; East Asian lines break anywhere."""
    found = {
        word
        for text in texts
        for word in re.split("[ \t\n]+", text)
        if word and not any(map(_eastern, word))
    }
    return sorted(found, key=lambda word: (-len(word), word))[:12]


def _eastern(letter: str) -> bool:
    return (
        0x2E80 <= ord(letter) <= 0xFAFF or ord(letter) >= 0x20000 or 0x0E00 <= ord(letter) < 0xF00
    )
