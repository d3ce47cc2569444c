"""The posters' typefaces: where they come from, and how they get into the package.

All are under the SIL Open Font License 1.1, taken from packages of npm's and of Python's index
that carry them as they were published; only font files and licences are used.
"""

import json
import shutil
import sys
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from weights import check, download, members, pack, sha256

import editor

FOLDER: Final = "src/freckle/poster/fonts"
MANIFEST: Final = "fonts.json"
MANIFEST_SHA256: Final = "47458e0cdcfde3f2314b8148881d4ff66c94d60dc4e8657f3cbf76bca8acc088"
"""The manifest holds every file's hash, so this one stands for all of them."""


@dataclass(frozen=True)
class Typeface:
    """A package with one typeface, and which of its files are kept."""

    package: str
    sha256: str
    name: str
    """As its files are named."""
    cuts: tuple[str, ...]


FACES: Final = (
    Typeface(
        "@expo-google-fonts/inter@0.4.2",
        "b5c1e5878c07a5637169da9f7b1f370c69709f1f8de55998e2522f7aa9dfe2a9",
        "Inter",
        ("400Regular", "600SemiBold", "800ExtraBold"),
    ),
    Typeface(
        "@expo-google-fonts/playfair-display@0.4.2",
        "32881439ce695ae85d7d949d4645825a5cb6bac0d464d0ffa09126c922e44e52",
        "PlayfairDisplay",
        ("400Regular", "400Regular_Italic", "700Bold", "900Black"),
    ),
    Typeface(
        "@expo-google-fonts/sofia-sans-extra-condensed@0.4.2",
        "f4aaf2a3258026b83dfd8a0bcc747f759866e90456f3beb463cf95216a3b08ee",
        "SofiaSansExtraCondensed",
        ("600SemiBold", "800ExtraBold"),
    ),
    Typeface(
        "@expo-google-fonts/instrument-serif@0.4.1",
        "96d3d504c0f31969b0d820031231a4f0ac47991c6aa1dd063f449884edca7a9e",
        "InstrumentSerif",
        ("400Regular", "400Regular_Italic"),
    ),
    Typeface(
        "@expo-google-fonts/space-grotesk@0.4.1",
        "44757e49efef16db2fbecaaaa3201086dc7bba0def7221b794296bb9e6943795",
        "SpaceGrotesk",
        ("500Medium", "700Bold"),
    ),
    Typeface(
        "@expo-google-fonts/source-serif-4@0.4.1",
        "84f0b412fbc9b0b666d6fe04620b2cd2e54bfd49ca61fe0663a9e5beb30afcc4",
        "SourceSerif4",
        ("400Regular", "400Regular_Italic", "600SemiBold"),
    ),
    Typeface(
        "@expo-google-fonts/anton@0.4.2",
        "ea9320152f74c151575a49d8712011ec49681e5008db71df5a8cad94ae88133b",
        "Anton",
        ("400Regular",),
    ),
    Typeface(
        "@expo-google-fonts/archivo-black@0.4.1",
        "4bb37f397dc92a237e632d01a5414abd84fa2bb2b6e0a608ffb777542672e3be",
        "ArchivoBlack",
        ("400Regular",),
    ),
)
NOTO: Final = "manimgx-fonts==2026.9.26.post1"
"""Noto Sans for the scripts of the world, and Noto Emoji: variable fonts in one wheel."""
NOTO_SHA256: Final = "e5e21178263ddec3eef9414d2b52a1c90ac01062d3e9067460f3359f854c3e17"
NOTO_LICENCE: Final = "manimgx_fonts-2026.9.26.post1.dist-info/licenses/LICENSE"
SCRIPTS: Final = (
    *("", "Arabic", "Armenian", "Bengali", "Devanagari", "Ethiopic", "Georgian", "Gujarati"),
    *("Gurmukhi", "Hebrew", "Kannada", "Khmer", "Lao", "Malayalam", "Myanmar", "Oriya"),
    *("Sinhala", "Symbols", "Tamil", "Telugu", "Thai"),
)


def ensure(folder: Path, node: Callable[[], str]) -> None:
    """Fill `folder` unless every file of the manifest is there with the right hash.

    `node` returns the folder of npm. Raises `RuntimeError` with the remedy when a package cannot
    be had or is not the expected one.
    """
    if complete(folder):
        return
    with tempfile.TemporaryDirectory() as scratch:
        files = {**_noto(Path(scratch)), **_faces(Path(scratch), node())}
    hashes = {name: sha256(content) for name, content in sorted(files.items())}
    manifest = (json.dumps(hashes, indent=1) + "\n").encode()
    check("The list of typefaces", manifest, MANIFEST_SHA256)
    _write(folder, {**files, MANIFEST: manifest})


def complete(folder: Path) -> bool:
    """Return whether every file of the pinned manifest is in `folder`."""
    manifest = folder / MANIFEST
    if not manifest.is_file() or sha256(manifest.read_bytes()) != MANIFEST_SHA256:
        return False
    hashes: dict[str, str] = json.loads(manifest.read_bytes())
    return all(
        (folder / name).is_file() and sha256((folder / name).read_bytes()) == known
        for name, known in hashes.items()
    )


def _write(folder: Path, files: Mapping[str, bytes]) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for name, content in files.items():  # the manifest comes last
        (folder / name).write_bytes(content)


def _noto(scratch: Path) -> dict[str, bytes]:
    wheel = download(NOTO, scratch, "The posters' typefaces")
    check(wheel.name, wheel.read_bytes(), NOTO_SHA256)
    names = {
        f"manimgx_fonts/NotoSans{script}[wght].ttf": f"NotoSans{script}.ttf" for script in SCRIPTS
    }
    names |= {
        "manimgx_fonts/NotoEmoji[wght].ttf": "NotoEmoji.ttf",
        NOTO_LICENCE: "LICENSE-Noto",
    }
    return {names[name]: content for name, content in members(wheel, names).items()}


def _faces(scratch: Path, node: str) -> dict[str, bytes]:
    found: dict[str, bytes] = {}
    for face in FACES:
        folder = scratch / face.name
        folder.mkdir()
        tarball = pack(face.package, folder, node, f"The typeface {face.name}")
        check(tarball.name, tarball.read_bytes(), face.sha256)
        files = [f"{face.name}_{cut}.ttf" for cut in face.cuts]
        names = {f"package/{cut}/{file}": file for cut, file in zip(face.cuts, files, strict=True)}
        names["package/LICENSE_FONT"] = f"LICENSE-{face.name}"
        found |= {names[name]: content for name, content in members(tarball, names).items()}
    return found


if __name__ == "__main__":
    ensure(
        Path(__file__).parents[1] / FOLDER,
        lambda: str(editor.find_node() or editor.bring_node()),
    )
    sys.stdout.write("The posters' typefaces are in place.\n")
