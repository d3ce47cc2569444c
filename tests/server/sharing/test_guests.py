"""What guests see, decide and say."""

import io

import httpx
import numpy as np
import pytest
from PIL import Image

from freckle.server.sharing.receipt import seal
from tests.server.serving import upload
from tests.server.sharing.world import LIGHTER, Studio, tagged


def opened(answer: httpx.Response) -> Image.Image:
    assert answer.status_code == 200, answer.text
    assert answer.headers["cache-control"] == "no-store"
    return Image.open(io.BytesIO(answer.content))


def test_a_guest_sees_decides_comments_and_confirms(studio: Studio):
    made = studio.make(terms={"ask": "choose", "least": 1, "most": 1})
    with studio.inside(made) as guest:
        start = f"/api/shared/{made['id']}"
        view = guest.get(start).json()
        assert [p["name"] for p in view["pictures"]] == ["portrait 1.jpg", "portrait 2.jpg"]
        assert (view["guest"], view["author"], view["confirmed"]) == ("Gina", "the editor", None)
        report = guest.get(f"{start}/reports/0").json()
        assert [tool["op"] for tool in report["tools"]] == ["adjust"]
        assert report["generated"] == []
        assert guest.put(f"{start}/decisions/0", json={"decision": "approved"}).status_code == 403
        assert guest.post(f"{start}/confirm", json={"name": "Gina"}).status_code == 409
        assert guest.put(f"{start}/decisions/0", json={"decision": "chosen"}).status_code == 204
        assert guest.put(f"{start}/decisions/1", json={"decision": "chosen"}).status_code == 409
        said = {"place": 0, "x": 0.25, "y": 0.5, "text": "Less here, please"}
        assert guest.post(f"{start}/comments", json=said).status_code == 204
        assert guest.post(f"{start}/comments", json={**said, "text": "Wrong"}).status_code == 204
        wrong = guest.get(start).json()["comments"][1]["id"]
        assert guest.delete(f"{start}/comments/{wrong}").status_code == 204
        reply = {"place": 0, "text": "Will do"}
        assert studio.client.post(f"/api/shares/{made['id']}/comments", json=reply).is_success
        answer = guest.get(start).json()["comments"][1]
        assert (answer["author"], answer["text"]) == ("the editor", "Will do")
        assert guest.delete(f"{start}/comments/{answer['id']}").status_code == 404


def test_confirming_locks_and_both_sides_get_one_receipt(studio: Studio):
    made = studio.make(terms={"ask": "choose", "least": 1, "most": 1})
    with studio.inside(made) as guest:
        start = f"/api/shared/{made['id']}"
        said = {"place": 0, "x": 0.25, "y": 0.5, "text": "Less here, please"}
        assert guest.post(f"{start}/comments", json=said).is_success
        assert guest.put(f"{start}/decisions/0", json={"decision": "chosen"}).is_success
        receipt = guest.post(f"{start}/confirm", json={"name": "Gina Guest"})
        assert receipt.headers["content-disposition"].startswith("attachment")
        for late in (
            guest.put(f"{start}/decisions/0", json={"decision": None}),
            guest.post(f"{start}/comments", json=said),
            guest.post(f"{start}/confirm", json={"name": "Again"}),
        ):
            assert (late.status_code, late.json()["code"]) == (409, "taken")
        assert guest.get(f"{start}/receipt").content == receipt.content
    owners = studio.client.get(f"/api/shares/{made['id']}/receipt")
    assert owners.content == receipt.content
    content = owners.json()
    assert content.pop("sha256") == seal(content)
    assert content["guest"] == {"invited": "Gina", "signed": "Gina Guest"}
    first, second = content["pictures"]
    assert (first["decision"], second["decision"]) == ("chosen", None)
    assert first["tools"] == ["adjust"]
    assert [said["text"] for said in first["comments"]] == ["Less here, please"]
    detail = studio.client.get(f"/api/shares/{made['id']}").json()
    assert [p["decision"] for p in detail["pictures"]] == ["chosen", None]
    assert detail["share"]["confirmed"]
    assert len(detail["visits"]) == 1


def test_what_is_shown_stays_as_it_was_shared_and_is_never_the_original(studio: Studio):
    photo = upload(studio.client, tagged(3)).json()["id"]
    project = studio.client.post("/api/projects", json={"photo": photo}).json()["id"]
    made = studio.make(projects=[project], terms={"longest": 1024, "ask": "look"})
    with studio.inside(made) as guest:
        start = f"/api/shared/{made['id']}/pictures/0"
        before = guest.get(f"{start}/after?size=320").content
        step = {"base": 0, "label": "Lighter", "recipe": LIGHTER}
        assert studio.client.post(f"/api/projects/{project}/history", json=step).is_success
        assert guest.get(f"{start}/after?size=320").content == before
        for path in ("after", "before", "after?size=8192"):
            picture = opened(guest.get(f"{start}/{path}"))
            assert not picture.getexif()
            assert b"Anna Author" not in guest.get(f"{start}/{path}").content
            assert max(picture.size) <= 1024
        assert guest.get(f"{start}/after?file=true").status_code == 403
    again = studio.make(projects=[project])
    with studio.inside(again) as guest:
        newer = guest.get(f"/api/shared/{again['id']}/pictures/0/after?size=320").content
        assert newer != before


def test_a_watermark_covers_every_picture(studio: Studio):
    plain, made = studio.make(), studio.make(terms={"watermark": "Studio <b>#evil</b> 样张"})
    with studio.inside(plain) as a, studio.inside(made) as b:
        for side in ("after", "before"):
            path = f"pictures/0/{side}?size=640"
            one, other = (
                np.asarray(opened(who.get(f"/api/shared/{link['id']}/{path}")), np.int16)
                for who, link in ((a, plain), (b, made))
            )
            changed = np.abs(one - other).max(axis=2) > 8
            for part in np.array_split(changed, 3):
                assert part.mean() > 0.02


@pytest.mark.parametrize(
    ("metadata", "named", "placed"),
    [
        ("nothing", False, False),
        ("no_place", True, False),
        ("all", True, True),
    ],
)
def test_files_carry_what_was_chosen(studio: Studio, metadata: str, named: bool, placed: bool):
    made = studio.make(terms={"download": True, "metadata": metadata})
    with studio.inside(made) as guest:
        answer = guest.get(f"/api/shared/{made['id']}/pictures/0/after?file=true")
        assert "portrait%201.jpg" in answer.headers["content-disposition"]
        exif = opened(answer).getexif()
        assert (exif.get(0x013B) == "Anna Author") == named
        assert bool(exif.get_ifd(0x8825).get(2)) == placed


def test_a_deleted_project_leaves_its_links(studio: Studio):
    photo = upload(studio.client, tagged(4)).json()["id"]
    project = studio.client.post("/api/projects", json={"photo": photo}).json()["id"]
    alone = studio.make(projects=[project])
    both = studio.make(projects=[project, studio.projects[0]])
    with studio.inside(alone) as one, studio.inside(both) as two:
        said = {"place": 0, "text": "Lovely"}
        assert two.post(f"/api/shared/{both['id']}/comments", json=said).is_success
        assert studio.client.delete(f"/api/projects/{project}").status_code == 204
        assert one.get(f"/api/shared/{alone['id']}").status_code == 404
        view = two.get(f"/api/shared/{both['id']}").json()
        assert [p["name"] for p in view["pictures"]] == ["portrait 1.jpg"]
        assert view["comments"] == []
