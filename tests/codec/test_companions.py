"""Gain maps, depth, masks, previews beside the picture of AVIF and HEIC files: said, and gone."""

import json
import shutil
import subprocess
from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from freckle.codec import SaveOptions, encode, load_bytes
from freckle.codec.bmff import COMPANIONS, FURTHER
from tests.codec import boxes, specimens
from tests.codec.boxes import Item

GAIN, DEPTH, MASKS = COMPANIONS
SCENE = np.kron(specimens.scene(), np.ones((4, 4, 1), np.uint8))
ALPHA = b"urn:mpeg:mpegB:cicp:systems:auxiliary:alpha"
MATTE = b"urn:com:apple:photo:2018:aux:portraiteffectsmatte"


def packet(words: bytes) -> Item:
    spaces = (
        b"xmlns:x='adobe:ns:meta/'><rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'"
    )
    own = b"xmlns:dc='http://purl.org/dc/elements/1.1/' dc:format='ours'"
    about = b"<rdf:Description rdf:about='' %s %s/>" % (own, words)
    return boxes.packet(b"<x:xmpmeta %s>%s</rdf:RDF></x:xmpmeta>" % (spaces, about))


ADOBE = b"xmlns:hdrgm='http://ns.adobe.com/hdr-gain-map/1.0/' hdrgm:GainMapMax='2'"
APPLE = b"xmlns:HDRGainMap='http://ns.apple.com/HDRGainMap/1.0/' HDRGainMap:HDRGainMapHeadroom='2'"


@cache
def pictures(kind: str) -> tuple[Item, Item, Item]:
    """The picture, a companion half as large, and a preview, coded by one library."""
    small = np.ascontiguousarray(SCENE[::2, ::2])
    companion = boxes.coded(np.ascontiguousarray(255 - small[..., 0]), kind)
    return boxes.coded(SCENE, kind), companion, boxes.coded(small, kind)


def made(kind: str, name: str) -> bytes:
    picture, companion, preview = pictures(kind)
    hidden = replace(companion, hidden=True)
    tone = boxes.tone(SCENE.shape[1], SCENE.shape[0])
    both = ((b"dimg", 3, (1, 2)),)

    def named(urn: bytes) -> Item:
        return replace(hidden, properties=[*companion.properties, boxes.aux(urn)])

    items, refs, alternatives = {
        "ISO 21496-1": ([hidden, tone], both, (3, 1)),
        "ISO 21496-1 and Adobe's words": (
            [hidden, tone, packet(ADOBE)],
            (*both, (b"cdsc", 4, (1,))),
            (3, 1),
        ),
        "Apple's": (
            [named(boxes.APPLE), packet(b""), packet(APPLE)],
            ((b"auxl", 2, (1,)), (b"cdsc", 3, (1,)), (b"cdsc", 4, (2,))),
            (),
        ),
        "depth": ([named(boxes.DEPTH)], ((b"auxl", 2, (1,)),), ()),
        "masks and more": (
            [named(MATTE), named(b"urn:else")],
            ((b"auxl", 2, (1,)), (b"auxl", 3, (1,))),
            (),
        ),
        "a preview": ([replace(preview, hidden=True)], ((b"thmb", 2, (1,)),), ()),
        "transparency": ([named(ALPHA)], ((b"auxl", 2, (1,)),), ()),
    }[name]
    brand = b"avif" if kind == "av01" else b"heic"
    return boxes.packed(brand, [picture, *items], list(refs), alternatives)


SAID = {
    "ISO 21496-1": (GAIN,),
    "ISO 21496-1 and Adobe's words": (GAIN,),
    "Apple's": (GAIN,),
    "depth": (DEPTH,),
    "masks and more": (MASKS, FURTHER),
    "a preview": (),
    "transparency": (),
}
CASES = [
    (kind, name)
    for kind in ("av01", "hvc1")
    for name in SAID
    if (kind, name) != ("av01", "transparency")  # libavif wants it as large as the picture
]


@pytest.mark.parametrize(("kind", "name"), CASES)
def test_what_comes_along_is_said_and_nothing_of_it_leaves(kind: str, name: str) -> None:
    data = made(kind, name)
    _, companion, preview = pictures(kind)
    inside = preview.content if name == "a preview" else companion.content
    assert inside in data
    photo = load_bytes(data)
    assert np.abs(photo.pixels.astype(int) - SCENE).mean() < 6, "the picture, not its companion"
    assert photo.gain is None
    assert photo.dropped == SAID[name]
    if "words" in name or "Apple" in name:
        assert b"ours" in (photo.metadata.xmp or b""), "what speaks of the picture stays"
    for target in ("jpeg", "avif"):
        written = encode(photo, SaveOptions(format=target))
        for mark in (inside, b"tmap", b"auxC", b"thmb", b"hdrgm:", b"HDRGainMapHeadroom"):
            assert mark not in written or (mark == b"auxC" and photo.alpha is not None), mark
        assert load_bytes(written).dropped == ()


def test_an_independent_reader_finds_no_companion(tmp_path: Path) -> None:
    tool = shutil.which("exiftool")
    if tool is None:
        pytest.skip("ExifTool is not installed")
    for kind, name in CASES:
        if kind == "hvc1":
            data = made(kind, name)
            (tmp_path / f"{name}.heic").write_bytes(data)
            (tmp_path / f"{name}.jpg").write_bytes(encode(load_bytes(data), SaveOptions("jpeg")))
    command = [tool, "-json", "-a", "-u", "-ee", "-G1", "-q", str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    found = {Path(each["SourceFile"]).name: json.dumps(each) for each in json.loads(done.stdout)}
    assert "HDRGainMap" in found["Apple's.heic"]
    assert "GainMapMax" in found["ISO 21496-1 and Adobe's words.heic"]
    told = "\n".join(text for name, text in found.items() if name.endswith(".jpg"))
    assert len(found) == 2 * len(SAID)
    assert not any(word in told for word in ("GainMap", "AuxiliaryImage", "Depth", "Thumbnail"))
