"""A plain line on what was done, where other programs look for it, and in the report."""

import json
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from PIL import Image

from freckle.cli.main import main
from freckle.codec.xmp import disclosed
from tests.studio.portraits import read

OWN = b"""<x:xmpmeta xmlns:x="adobe:ns:meta/"><r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<r:Description xmlns:p="http://ns.adobe.com/photoshop/1.0/" p:Credit="Anna" p:History="old"/>
</r:RDF></x:xmpmeta>"""


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    path = tmp_path / "anna.jpg"
    Image.fromarray(read("astronaut").pixels[:256, 100:340]).save(path, xmp=OWN, quality=90)
    return path


def said(path: Path) -> tuple[str, str, bool]:
    """Return the line, the kind of source, and whether the photographer is still named."""
    with Image.open(path) as image:
        packet = ET.fromstring(image.info["xmp"])  # noqa: S314 - our own
    every = {each.tag.rsplit("}")[-1]: each.text for each in packet.iter()}
    every |= {name.rsplit("}")[-1]: value for each in packet.iter() for name, value in each.items()}
    return every["History"], every["DigitalSourceType"].rsplit("/", 1)[1], "Credit" in every


def test_the_line_says_what_was_done_and_whether_the_shape_is_the_persons_own(
    photo: Path, tmp_path: Path
) -> None:
    made, report = tmp_path / "made.jpg", tmp_path / "report.json"
    asked = ["retouch", str(photo), "-o", str(made), "--preset", "none", "--quiet", "--disclose"]
    smooth = ["--set", "smooth.amount=40"]
    assert main([*asked, *smooth, "--report", str(report)]) == 0
    assert said(made) == ("skin retouched; shape unchanged", "humanEdits", True)
    assert json.loads(report.read_text())["disclosure"] == "skin retouched; shape unchanged"
    assert main([*asked, *smooth, "--set", "jawline.amount=20", "--strip-metadata"]) == 0
    assert said(made) == ("skin retouched; shape changed", "humanEdits", False)
    exported = ["export", str(photo), "-o", str(tmp_path), "--quiet", "--disclose"]
    assert main([*exported, "--preset", "avatar", "--set", "upscale.amount=50"]) == 0
    line, kind, _ = said(tmp_path / "anna-avatar.jpg")
    assert (line, kind) == ("enlarged; shape unchanged", "algorithmicallyEnhanced")


def test_a_second_line_takes_the_place_of_the_first() -> None:
    once = disclosed(OWN, "a < b", enlarged=False)
    assert disclosed(once, "a < b", enlarged=False).count(b"<photoshop:History>") == 1
    assert once.count(b"History") == 2
    assert b"a &lt; b" in once
    assert disclosed(None, "x", enlarged=True).count(b"Enhanced") == 1
