"""Looks over HTTP: words in, recipes and pictures out."""

import io
import json

import httpx
import numpy as np
from PIL import Image
from skimage import data

from freckle.looks.candidates import Wanted, answer
from freckle.recipe.presets import preset
from freckle.recipe.recipe import Recipe

PROMPT = "golden hour, coral lips, blonde hair, frobnicated"


def test_words_become_recipes(client: httpx.Client) -> None:
    said = client.post("/api/looks", json={"prompt": PROMPT, "seed": 5}).json()
    mine = answer(Wanted(PROMPT, count=4, seed=5))
    assert [c["recipe"] for c in said["candidates"]] == [
        c.recipe.model_dump(mode="json") for c in mine.candidates
    ]
    assert said["unknown"] == ["frobnicated"]
    how = {word["text"]: word["how"] for word in said["words"]}
    assert how["hair"] == "beyond"
    assert "Lipstick" in next(w["did"] for w in said["words"] if w["text"] == "coral")
    assert len(client.get("/api/looks/styles").json()) >= 16
    recipe = said["candidates"][0]["recipe"]
    table = client.post("/api/looks/cube", json={"recipe": recipe}).text
    assert "LUT_3D_SIZE 33" in table


def test_a_projects_candidates_are_drawn(client: httpx.Client, portrait_project: str) -> None:
    where = f"/api/projects/{portrait_project}/looks"
    below = preset("clean").recipe.model_dump(mode="json")
    body = {"prompt": PROMPT, "candidates": 2, "recipe": below}
    said = client.post(where, json=body, timeout=60).json()
    for each in said["candidates"]:
        assert "blemishes" in {s.edit.op for s in Recipe.from_plain(each["recipe"]).steps}
        drawn = client.post(
            f"{where}/picture", json={"recipe": each["recipe"], "size": 400}, timeout=60
        )
        assert drawn.content.startswith(b"\xff\xd8")
        assert abs(json.loads(drawn.headers["x-freckle-drift"])["lightness"]) < 12


def test_bad_wishes_are_refused(client: httpx.Client) -> None:
    for body in (
        {"prompt": "x" * 2001},
        {"prompt": "warm", "candidates": 9},
        {"prompt": "warm", "style": "nope"},
        {"prompt": "warm", "aspect": "wide"},
        {"prompt": "warm", "recipe": {"steps": [{"edit": {"op": "melt"}}]}},
    ):
        refused = client.post("/api/looks", json=body)
        assert refused.status_code in (400, 422), body
        assert refused.json()["message"]


def test_a_picture_lends_its_direction(client: httpx.Client, portrait_project: str) -> None:
    where = f"/api/projects/{portrait_project}/looks/reference"
    warm = (data.astronaut()[:300, 90:390] * np.array([1, 0.8, 0.55])).astype(np.uint8)
    file = io.BytesIO()
    Image.fromarray(warm).save(file, "JPEG")
    said = client.post(where, content=file.getvalue(), params={"makeup": False}, timeout=60).json()
    tools = {step.edit.op for step in Recipe.from_plain(said["recipe"]).steps}
    assert "reference" in tools
    assert "lipstick" not in tools
    assert client.post(where, content=b"no picture").status_code in (400, 415, 422)
    assert client.post(where, content=file.getvalue(), params={"strength": 300}).status_code == 400
