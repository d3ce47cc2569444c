"""Posters through the server: what there is, a sheet for the screen, its layout, a file."""

import io
import zipfile
from concurrent.futures import ThreadPoolExecutor

import httpx
import numpy as np
import pikepdf
import pytest

from freckle.codec import load_bytes
from freckle.poster.typefaces import FOLDER


@pytest.fixture
def poster() -> dict:
    return {
        "template": "launch",
        "content": {"headline": "Hello"},
        "changes": {"logo": {"hidden": True}},
    }


def test_what_there_is(client: httpx.Client, portrait_project: str) -> None:
    offer = client.get("/api/posters").json()
    assert len(offer["templates"]) >= 24
    assert {"story", "a4"} <= {size["name"] for size in offer["sizes"]}
    name = offer["templates"][0]["name"]
    thumb = client.get(f"/api/projects/{portrait_project}/posters/{name}/thumb?size=128")
    assert max(load_bytes(thumb.content).pixels.shape[:2]) == 128


def test_a_sheet_its_layout_and_its_file(
    client: httpx.Client, portrait_project: str, poster: dict
) -> None:
    base = f"/api/projects/{portrait_project}/posters"
    asked = {"poster": poster, "size": "post"}
    shown = client.post(f"{base}/preview", json={**asked, "longer": 1080})
    assert shown.status_code == 200, shown.text
    screen = load_bytes(shown.content).pixels
    assert screen.shape == (1080, 1080, 3)
    alone = {**asked, "longer": 540, "only": ["words"]}
    assert load_bytes(client.post(f"{base}/preview", json=alone).content).alpha is not None
    layout = client.post(f"{base}/layout", json=asked).json()
    assert layout["contrast"] >= 4.5
    assert {"portrait", "words"} <= {layer["id"] for layer in layout["layers"]}
    assert [line["text"] for line in layout["lines"]] == ["Hello"]
    room, words = (
        layout["lines"][0]["room"],
        {e["id"]: e["room"] for e in layout["layers"]}["words"],
    )
    assert words["x"] <= room["x"] < words["x"] + words["w"]
    assert words["y"] <= room["y"] < words["y"] + words["h"]
    assert layout["least"] < layout["smallest"]
    file = client.post(f"{base}/export", json={**asked, "format": "png"})
    assert np.array_equal(load_bytes(file.content).pixels, screen)
    pdf = client.post(f"{base}/export", json={"poster": poster, "size": "a6"})
    assert "poster.pdf" in pdf.headers["content-disposition"]
    with pikepdf.open(io.BytesIO(pdf.content)) as document:
        assert "/TrimBox" in document.pages[0].obj


@pytest.mark.parametrize(
    "change",
    [
        {"brand": {"logo": "/etc/passwd"}},
        {"brand": {"display": "/etc/font.ttf"}},
        {"changes": {"words": {"font": "/etc/font.ttf"}}},
        {"layers": [{"kind": "image", "id": "x", "file": "/etc/passwd", "place": {}}]},
        {"template": "nope"},
        {"colour": 1},
    ],
)
def test_files_of_the_server_and_nonsense_are_refused(
    client: httpx.Client, portrait_project: str, poster: dict, change: dict
) -> None:
    asked = {"poster": {**poster, **change}, "size": "post"}
    answer = client.post(f"/api/projects/{portrait_project}/posters/preview", json=asked)
    assert 400 <= answer.status_code < 500
    assert "Traceback" not in answer.text


SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20 10"><path d="M0 0h20v10z"/></svg>'


def test_typefaces_and_logos_are_brought_used_and_taken_back(
    client: httpx.Client, portrait_project: str, poster: dict
) -> None:
    base = f"/api/projects/{portrait_project}/posters"
    font = (FOLDER / "InstrumentSerif_400Regular.ttf").read_bytes()
    face = client.post(f"{base}/files?label=My%20Serif.ttf", content=font).json()
    logo = client.post(f"{base}/files?label=../logo.svg", content=SVG).json()
    assert (face["family"], face["embedding"]) == ("Instrument Serif", "installable")
    assert (logo["kind"], logo["label"]) == ("logo", "logo.svg")
    assert [each["name"] for each in client.get(f"{base}/files").json()] == [
        face["name"],
        logo["name"],
    ]
    brand = {"display": face["name"], "logo": logo["name"]}
    asked = {"poster": {**poster, "brand": brand, "changes": {}}, "size": "post"}
    layers = client.post(f"{base}/layout", json=asked).json()["layers"]
    assert {"Instrument Serif"} == {each["family"] for each in layers if each["kind"] == "column"}
    assert "logo" in {each["id"] for each in layers}
    assert client.delete(f"{base}/files/{logo['name']}").status_code == 204
    gone = client.post(f"{base}/preview", json={**asked, "size": "story"})
    assert gone.status_code == 400
    assert "not there" in gone.json()["message"]
    for content in (b"nothing", b"wOFF" + font, SVG.replace(b"path", b"text")):
        refused = client.post(f"{base}/files", content=content)
        assert 400 <= refused.status_code < 500
    for name in ("files.json", "..%2Ffiles.json", f"{'0' * 24}.png"):
        assert client.delete(f"{base}/files/{name}").status_code in (404, 405)
    assert client.post(f"{base}/files", content=bytes(13 << 20)).status_code == 413


def test_files_that_come_at_once_are_all_kept(client: httpx.Client, portrait_project: str) -> None:
    path = f"/api/projects/{portrait_project}/posters/files"
    colors = [f'<path fill="#{k}{k}{k}" d="M0 0h9v9z"/>' for k in range(6)]
    logos = [SVG.replace(b'<path d="M0 0h20v10z"/>', each.encode()) for each in colors]
    with ThreadPoolExecutor(6) as pool:
        sent = pool.map(lambda logo: client.post(path, content=logo).json()["name"], logos)
        names = set(sent)
    assert len(names) == 6
    assert names <= {each["name"] for each in client.get(path).json()}


def test_sizes_and_rows_come_in_one_archive(
    client: httpx.Client, portrait_project: str, poster: dict
) -> None:
    base = f"/api/projects/{portrait_project}/posters"
    table = "headline\nAnna\n\ue123\n"
    asked = {"poster": poster, "sizes": ["post", "story"], "format": "png", "table": table}
    with zipfile.ZipFile(io.BytesIO(client.post(f"{base}/pack", json=asked).content)) as archive:
        assert archive.testzip() is None
        names = archive.namelist()
        assert names == ["001-launch-post.png", "001-launch-story.png", "Not made.txt"]
        said = archive.read("Not made.txt").decode()
        assert said.count("002-launch-") == 2
        assert "U+E123" in said
        anna = load_bytes(archive.read(names[0])).pixels
    one = {**poster, "content": {**poster["content"], "headline": "Anna"}}
    file = client.post(f"{base}/export", json={"poster": one, "size": "post", "format": "png"})
    assert np.array_equal(load_bytes(file.content).pixels, anna)
    for wrong in ("nme\nx", "portrait\na.jpg"):
        refused = client.post(f"{base}/pack", json={**asked, "table": wrong})
        assert refused.status_code == 400
