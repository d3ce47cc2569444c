"""Everything the engine draws and measures, through the server, on NASA's free portrait."""

import io
import json
import zipfile
from importlib.resources import files
from pathlib import Path
from typing import Any

import cv2
import httpx
import numpy as np
import pytest
from PIL import Image

from freckle.codec import load_bytes
from freckle.jobs.protocol import Message
from freckle.recipe.presets import PRESETS
from freckle.server.house import House
from freckle.studio.recipes import NOTHING
from tests.server.serving import Running, upload

ASTRONAUT = Path(str(files("skimage") / "data" / "astronaut.png"))


@pytest.fixture(scope="module")
def client(running: Running):
    with running.client() as client:
        yield client


@pytest.fixture(scope="module")
def project(client: httpx.Client) -> str:
    photo = upload(client, ASTRONAUT.read_bytes(), "Eileen Collins.png").json()["id"]
    made = client.post("/api/projects", json={"photo": photo, "name": "Eileen"}).json()
    recipe = next(p for p in client.get("/api/presets").json() if p["name"] == "natural")["recipe"]
    step = {"base": 0, "label": "Natural", "recipe": recipe}
    assert client.post(f"/api/projects/{made['id']}/history", json=step).status_code == 201
    identifier: str = made["id"]
    return identifier


def decoded(data: bytes) -> np.ndarray:
    return cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_COLOR_RGB)


def test_the_catalogue_has_all_that_sliders_are_made_of(client: httpx.Client):
    catalogue = client.get("/api/catalogue").json()
    assert {panel["name"] for panel in catalogue["panels"]} >= {"face"}
    names = [op["op"] for op in catalogue["ops"]]
    assert len(names) == len(set(names)) >= 20
    smooth = next(op for op in catalogue["ops"] if op["op"] == "smooth")
    amount = smooth["schema"]["properties"]["amount"]
    assert {"minimum", "maximum", "default", "description", "natural", "cap"} <= set(amount)
    groups = {group for panel in catalogue["panels"] for group in panel["groups"]}
    assert {op["group"] for op in catalogue["ops"]} == groups


def test_the_version_names_codecs_and_networks(client: httpx.Client):
    version = client.get("/api/version").json()
    assert version["codecs"]["pillow"]
    assert all(len(digest) == 64 for digest in version["networks"].values())


def test_the_face_is_found_where_it_is(client: httpx.Client, project: str):
    (face, *_) = client.get(f"/api/projects/{project}/analysis").json()["faces"]
    x, y, w, h = face["box"]
    assert x < 225 < x + w
    assert y < 120 < y + h
    assert len(face["landmarks"]) == 478
    for spot in face["spots"]:
        assert x - w < spot["x"] < x + 2 * w
        assert {"id", "radius", "kind", "confidence"} <= set(spot)


def test_every_preset_has_a_picture(client: httpx.Client, project: str):
    seen = set()
    for preset in PRESETS[:3]:
        path = f"/api/projects/{project}/presets/{preset.name}/thumb"
        answer = client.get(path, params={"size": 96})
        assert answer.headers["content-type"] == "image/jpeg"
        assert decoded(answer.content).shape == (96, 96, 3)
        seen.add(answer.content)
    assert len(seen) == 3
    path = f"/api/projects/{project}/presets"
    bare = client.get(f"{path}/none/thumb", params={"size": 96}).content
    own = client.post(f"{path}/thumb", json={"recipe": NOTHING, "size": 96}).content
    assert own == bare, "no preset is seen in another cut than the others"
    assert bare not in seen
    missing = client.get(f"/api/projects/{project}/presets/melt/thumb")
    assert (missing.status_code, missing.json()["code"]) == (404, "not_found")


def test_a_preset_is_drawn_once_for_all_projects_and_browsers(
    client: httpx.Client, running: Running, project: str, monkeypatch: pytest.MonkeyPatch
):
    photo = client.get(f"/api/projects/{project}").json()["photo"]
    other = client.post("/api/projects", json={"photo": photo}).json()["id"]
    asked = []
    ask = House.ask

    async def counted(here: House, digest: str, request: dict[str, Any], **how: Any) -> Message:
        asked.append(request["do"])
        return await ask(here, digest, request, **how)

    monkeypatch.setattr(House, "ask", counted)
    ways = (project, "natural", 40), (other, "natural", 40), (project, "natural", 41)
    drawn = [
        client.get(f"/api/projects/{each}/presets/{name}/thumb", params={"size": size}).content
        for each, name, size in (*ways, (other, "clean", 40))
    ]
    assert drawn[0] == drawn[1]
    assert asked == ["preset"] * 3, "the same preset at the same size is read from the disk"
    for kept in running.house.thumbs.glob(f"{photo}-*"):
        kept.write_bytes(b"what a disk may do to a file")
    path = f"/api/projects/{project}/presets/natural/thumb"
    assert client.get(path, params={"size": 40}).content == drawn[0]


def test_the_thumb_of_a_project_shows_its_edits(client: httpx.Client, project: str):
    photo = client.get(f"/api/projects/{project}").json()["photo"]
    plain = client.get(f"/api/photos/{photo}/thumb", params={"size": 256}).content
    edited = client.get(f"/api/projects/{project}/thumb", params={"size": 256})
    assert edited.headers["content-type"] == "image/jpeg"
    assert decoded(edited.content).shape == decoded(plain).shape == (256, 256, 3)
    assert edited.content != plain
    assert (
        client.get(f"/api/projects/{project}/thumb", params={"size": 256}).content == edited.content
    )
    fresh = client.post("/api/projects", json={"photo": photo}).json()
    assert fresh["name"] == "Eileen Collins.png"
    unedited = client.get(f"/api/projects/{fresh['id']}/thumb", params={"size": 256}).content
    assert unedited == plain


def test_the_report_speaks_of_the_newest_recipe(client: httpx.Client, project: str):
    report = client.get(f"/api/projects/{project}/report").json()
    assert 0.5 < report["texture_kept"] <= 1.01
    assert {"tone_shift", "healed", "kept", "faces"} <= set(report)


def test_the_heat_map_covers_the_photo(client: httpx.Client, project: str):
    answer = client.get(f"/api/projects/{project}/heatmap", params={"size": 300})
    assert answer.headers["content-type"] == "image/png"
    assert decoded(answer.content).shape == (300, 300, 3)


def test_unsure_edges_are_a_tint_over_the_whole_photo(client: httpx.Client, project: str):
    answer = client.get(f"/api/projects/{project}/unsure", params={"size": 300})
    assert answer.headers["content-type"] == "image/png"
    tint = np.asarray(Image.open(io.BytesIO(answer.content)))
    assert tint.shape == (300, 300, 4)
    assert 0 < (tint[..., 3] > 60).mean() < 0.5


def test_an_export_is_the_file_and_its_size_was_told(client: httpx.Client, project: str):
    offered = client.get("/api/catalogue").json()["formats"]
    labels = [each["label"] for each in offered if each["name"] != "heic"]
    assert labels == ["JPEG", "PNG", "WebP", "TIFF", "AVIF", "JPEG XL", "PDF"]
    read = [each for each in offered if each["label"] in labels[:5]]
    for options in ({"format": each["name"], "quality": each["quality"]} for each in read):
        told = client.post(f"/api/projects/{project}/export/size", json=options).json()["bytes"]
        answer = client.post(f"/api/projects/{project}/export", json=options)
        assert len(answer.content) == told
        photo = load_bytes(answer.content)
        assert (photo.width, photo.height) == (512, 512)
        assert photo.source.format == options["format"]
        name = answer.headers["content-disposition"]
        assert "Eileen" in name
        assert name.rstrip('"').endswith((".jpg", ".png", ".webp", ".tif", ".avif"))


def test_a_download_has_the_originals_form_unless_asked_otherwise(
    client: httpx.Client, project: str
) -> None:
    own = client.get(f"/api/projects/{project}/export").json()
    assert own["format"] == "png"
    assert own["bits"] == 8
    assert own["transparent"] is False
    asked = {
        "width": 700,
        "height": 700,
        "enlarge": True,
        "dpi": 150,
        "space": "p3",
        "name": "anna",
    }
    answer = client.post(f"/api/projects/{project}/export", json={**asked, "sharpen": "print"})
    assert "anna.png" in answer.headers["content-disposition"]
    made = load_bytes(answer.content)
    assert (made.width, made.space.name, made.source.format) == (700, "Display P3", "png")
    assert made.metadata.dpi == pytest.approx((150, 150), abs=0.1)


def test_several_places_come_in_one_archive(client: httpx.Client, project: str) -> None:
    asked = {"presets": ["linkedin", "web", "linkedin"], "name": "anna"}
    answer = client.post(f"/api/projects/{project}/export", json=asked)
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        assert archive.namelist() == ["anna-linkedin.jpg", "anna-web.jpg"]
        assert load_bytes(archive.read("anna-linkedin.jpg")).width == 400
    single = client.post(f"/api/projects/{project}/export", json={"presets": ["avatar"]})
    assert load_bytes(single.content).width == 512
    for refused in ({"presets": ["nowhere"]}, {"name": "../up"}, {"name": ".hidden"}):
        assert client.post(f"/api/projects/{project}/export", json=refused).status_code == 400


def test_a_format_without_a_writer_is_refused_before_the_work(client: httpx.Client, project: str):
    answer = client.post(f"/api/projects/{project}/export", json={"format": "raw"})
    assert answer.status_code == 400
    assert "RAW" in answer.json()["message"]


def test_a_sidecar_comes_in_an_archive(client: httpx.Client, project: str):
    answer = client.post(f"/api/projects/{project}/export", json={"sidecar": True})
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        assert archive.testzip() is None
        picture, recipe = sorted(archive.namelist())
        assert load_bytes(archive.read(picture)).width == 512
        newest = client.get(f"/api/projects/{project}").json()["recipe"]
        assert json.loads(archive.read(recipe)) == newest


def test_an_export_may_be_smaller_but_not_larger(client: httpx.Client, project: str):
    small = client.post(f"/api/projects/{project}/export", json={"width": 128})
    assert load_bytes(small.content).height == 128
    large = client.post(f"/api/projects/{project}/export", json={"width": 4096})
    assert (large.status_code, large.json()["code"]) == (400, "bad_request")


def test_previews_of_unsaved_recipes_change_the_picture(client: httpx.Client, project: str):
    view = {"x": 150, "y": 40, "w": 150, "h": 160, "width": 150, "height": 160}
    recipe = client.get(f"/api/projects/{project}").json()["recipe"]
    pictures = [
        decoded(
            client.post(
                f"/api/projects/{project}/preview",
                json={"recipe": each, "view": view, "quality": 95},
            ).content
        )
        for each in (recipe, {"format": 1})
    ]
    assert pictures[0].shape == (160, 150, 3)
    assert np.abs(pictures[0].astype(int) - pictures[1]).max() > 5


def test_the_sample_is_offered_only_where_there_is_one(client: httpx.Client):
    answer = client.post("/api/sample")
    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")


def test_masks_go_out_and_come_in_as_png(client: httpx.Client, project: str):
    stroke = {"points": [[0.2, 0.3], [0.5, 0.5]], "size": 0.1, "space": "photo"}
    step = {"edit": {"op": "dodge"}, "mask": {"base": "empty", "strokes": [stroke]}}
    asked = {"recipe": {"steps": [step]}, "step": 1}
    out = client.post(f"/api/projects/{project}/mask/export", json=asked)
    assert out.headers["content-type"] == "image/png"
    mask = cv2.imdecode(np.frombuffer(out.content, np.uint8), cv2.IMREAD_UNCHANGED)
    assert (mask.shape, mask.dtype) == ((512, 512), np.uint16)
    assert mask[0, 0] == 0
    assert mask.max() == 65535
    back = client.post(f"/api/projects/{project}/mask/import", content=out.content)
    assert back.status_code == 200
    step["mask"] = {"base": "empty", "bitmap": back.json()["bitmap"]}
    again = client.post(f"/api/projects/{project}/mask/export", json=asked)
    same = cv2.imdecode(np.frombuffer(again.content, np.uint8), cv2.IMREAD_UNCHANGED)
    assert np.abs(same.astype(int) - mask).max() <= 257


def test_what_is_no_mask_is_refused(client: httpx.Client, project: str):
    for content in (b"GIF89a", ASTRONAUT.read_bytes(), b""):
        answer = client.post(f"/api/projects/{project}/mask/import", content=content)
        assert (answer.status_code, answer.json()["code"]) == (400, "bad_request")
    asked = {"recipe": {"steps": []}, "step": 1}
    missing = client.post(f"/api/projects/{project}/mask/export", json=asked)
    assert (missing.status_code, missing.json()["code"]) == (400, "bad_request")
    assert client.post("/api/projects/none/mask/export", json=asked).status_code == 404
    assert client.post("/api/projects/none/mask/import", content=b"").status_code == 404


def test_every_face_says_how_strokes_lie_on_it(client: httpx.Client, project: str):
    (face,) = client.get(f"/api/projects/{project}/analysis").json()["faces"]
    to_face = np.array(face["to_face"])
    units = to_face[:, :2] @ np.array(face["landmarks"])[:468].T + to_face[:, 2:]
    assert np.abs(units.mean(axis=1)).max() < 0.01
    assert 0.85 < np.ptp(units[0]) < 1.15


def test_a_part_of_the_enlarged_picture_is_what_the_file_has(
    client: httpx.Client, project: str
) -> None:
    recipe = {"format": 2, "style": {"steps": [{"edit": {"op": "upscale", "amount": 100}}]}}
    asked = {"recipe": recipe, "x": 0.45, "y": 0.25, "side": 200}
    made = [
        decoded(client.post(f"/api/projects/{project}/export/look", json=each).content)
        for each in (asked, {**asked, "plain": True})
    ]
    assert made[0].shape == made[1].shape == (200, 200, 3)
    assert 0.2 < np.abs(made[0].astype(int) - made[1]).mean() < 12
    still = client.post(f"/api/projects/{project}/export/progress", json={})
    assert still.json() == {"share": 0}
