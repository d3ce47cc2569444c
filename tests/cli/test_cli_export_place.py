"""Networks get no location, in whatever block it hides; prints and masters keep it."""

import io
from pathlib import Path

import pytest
from PIL import Image, IptcImagePlugin

from freckle.cli.main import main
from freckle.codec.iptc import wrap
from freckle.recipe.exports import EXPORTS
from tests.studio.portraits import read

XMP = """<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description xmlns:exif="http://ns.adobe.com/exif/1.0/" exif:GPSLatitude="52,31.5N"
 xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/" photoshop:City="Berlin"
 photoshop:Credit="Anna Blume">
<Iptc4xmpExt:LocationCreated xmlns:Iptc4xmpExt="http://iptc.org/std/Iptc4xmpExt/2008-02-29/">
<rdf:Bag><rdf:li>Berlin Mitte</rdf:li></rdf:Bag></Iptc4xmpExt:LocationCreated>
</rdf:Description></rdf:RDF></x:xmpmeta>"""
SHARED = [each.name for each in EXPORTS if not each.location]


def record(number: int, text: str) -> bytes:
    return b"\x1c\x02" + bytes([number]) + len(text).to_bytes(2, "big") + text.encode()


@pytest.fixture
def placed(tmp_path: Path) -> Path:
    """A portrait that says in EXIF, XMP and IPTC where it was taken, and by whom."""
    exif = Image.Exif()
    exif[0x013B] = "Anna Blume"
    exif[0x8825] = {1: "N", 2: (52.0, 31.0, 30.0), 3: "E", 4: (13.0, 24.0, 0.0)}
    out = io.BytesIO()
    Image.fromarray(read("astronaut").pixels[:256, 100:340]).save(
        out, "JPEG", exif=exif, xmp=XMP.encode()
    )
    block = wrap(record(80, "Anna Blume") + record(90, "Berlin") + record(101, "Germany"))
    segment = b"\xff\xed" + (len(block) + 2).to_bytes(2, "big") + block
    path = tmp_path / "anna.jpg"
    path.write_bytes(out.getvalue()[:2] + segment + out.getvalue()[2:])
    return path


def places(path: Path) -> list[object]:
    """Return what another program finds of a location, and who is said to have taken it."""
    with Image.open(path) as image:
        found = list(image.getexif().get_ifd(0x8825).values())
        said = IptcImagePlugin.getiptcinfo(image) or {}
    found += [value for key, value in said.items() if key in ((2, 90), (2, 101))]
    return found + [each for each in (b"GPSLatitude", b"Berlin") if each in path.read_bytes()]


def test_networks_get_no_location_and_whoever_wants_keeps_it(placed: Path, tmp_path: Path) -> None:
    assert len(places(placed)) == 8
    out = ["export", str(placed), "-o", str(tmp_path), "--quiet"]
    assert {"web", "email", "linkedin", "instagram", "story", "x", "avatar"} <= set(SHARED)
    for name in ("web", "linkedin"):
        assert main([*out, "--preset", name]) == 0
        assert places(tmp_path / f"anna-{name}.jpg") == []
        assert b"Anna Blume" in (tmp_path / f"anna-{name}.jpg").read_bytes()
    assert main([*out, "--preset", "email", "--metadata", "keep"]) == 0
    assert len(places(tmp_path / "anna-email.jpg")) == 8
    assert main([*out, "--preset", "10x15", "--metadata", "none"]) == 0
    assert b"Anna Blume" not in (tmp_path / "anna-10x15.jpg").read_bytes()
    assert places(tmp_path / "anna-10x15.jpg") == []
