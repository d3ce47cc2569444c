"""A workspace has one style guide; photos of sets are checked against it."""

import io
import json
import zipfile

import httpx

from freckle.server.users import User
from tests.server.serving import Running
from tests.server.test_sets import make_set, project

RULES = {
    "name": "House",
    "shape": "1:1",
    "caps": {"smooth.amount": 10},
    "colors": {"Harbor": "#0A3D62", "Sand": "#e8dcc4"},
    "logo": "mark.svg",
}
LOGO = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 2 1"><path d="M0 0h2v1z"/></svg>'


def zipped(rules: dict, **files: bytes) -> bytes:
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("guide.json", json.dumps(rules))
        for name, data in files.items():
            archive.writestr(name.replace("_", "."), data)
    return whole.getvalue()


def test_a_guide_is_taken_whole_or_refused(client: httpx.Client, running: Running) -> None:
    assert client.get("/api/guide").json() == {"guide": None}
    assert client.get("/api/guide/file").status_code == 404
    alone = client.put("/api/guide", content=json.dumps(RULES))
    assert (alone.status_code, alone.json()["code"]) == (400, "bad_request")
    assert "mark.svg" in alone.json()["message"]
    taken = client.put("/api/guide", content=zipped(RULES, mark_svg=LOGO))
    assert taken.status_code == 200, taken.text
    assert taken.json()["guide"]["colors"] == {"Harbor": "#0a3d62", "Sand": "#e8dcc4"}
    assert client.get("/api/guide").json() == taken.json()
    assert client.get("/api/guide/logo").content == LOGO
    whole = client.get("/api/guide/file").content
    assert client.put("/api/guide", content=whole).status_code == 200
    assert client.get("/api/guide/file").content == whole, "the same guide is the same bytes"
    bomb = zipped(RULES, mark_svg=LOGO, **{f"n{k}_txt": bytes(3_900_000) for k in range(5)})
    for wrong in (b"PK\x03\x04" + bytes(40), b"{}", bomb, zipped({**RULES, "colors": {"": "x"}})):
        assert client.put("/api/guide", content=wrong).status_code == 400
    assert client.get("/api/guide/file").content == whole
    with running.client() as stranger:
        assert stranger.get("/api/guide").json() == {"guide": None}
    assert client.delete("/api/guide").status_code == 204
    assert client.get("/api/guide/logo").status_code == 404


def test_photos_of_a_set_say_which_rules_they_break(running: Running) -> None:
    with running.client(User("anna", "anna")) as client:
        first, second = project(client, 1, "a"), project(client, 2, "b")
        shoot = make_set(client, first, second)
        url = f"/api/sets/{shoot}/style"
        assert client.post(url, json={"projects": [first]}).status_code == 404
        rules = {key: value for key, value in RULES.items() if key != "logo"}
        client.put("/api/guide", content=json.dumps(rules)).raise_for_status()
        ground = {"op": "background", "version": 1, "mode": "gradient", "color": "#0a3d62"}
        steps = [{"edit": {**ground, "second": "#123456"}},
                 {"edit": {"op": "smooth", "version": 1, "amount": 30}}]  # fmt: skip
        step = {"base": 0, "label": "x", "recipe": {"steps": steps}}
        client.post(f"/api/projects/{first}/history", json=step).raise_for_status()
        answer = client.post(url, json={"projects": [first, "0" * 32, second]})
        found = answer.json()
        assert [each["project"] for each in found["photos"]] == [first, second]
        assert [each["project"] for each in found["failed"]] == ["0" * 32]
        said = {each["rule"]: each for each in found["photos"][0]["breaches"]}
        assert said["shape"]["found"] == "96 × 64"
        assert said["color"]["found"] == "#123456"
        assert (said["cap"]["what"], said["cap"]["found"]) == ("smooth.amount", "30")
        assert [each["rule"] for each in found["photos"][1]["breaches"]] == ["shape"]
        client.put("/api/guide", content=b'{"name": "Level", "level": 3}').raise_for_status()
        looked = client.post(url, json={"projects": [second]}).json()["photos"][0]["breaches"]
        assert [each["rule"] for each in looked] == ["face"], "what needs the picture is looked at"
