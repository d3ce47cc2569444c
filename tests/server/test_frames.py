"""The picture that is cropped and turned: its previews, and the original beside them."""

import json
from typing import Any

import httpx
import numpy as np
import simplejpeg

from tests.server.serving import Running
from tests.server.watching import Editor, Frame, editor

VIEW = {"x": 0, "y": 0, "w": 480, "h": 640, "width": 480, "height": 640}


def change(live: Editor, **crop: Any) -> int:
    """Ask for the whole of the photo, lying on its side."""
    live.number += 1
    edit = {"op": "crop", "version": 1, "turn": "90", **crop}
    head = {"id": live.number, "view": VIEW, "frame": json.dumps(crop)}
    recipe = {"format": 1, "steps": [{"edit": edit}]}
    live.socket.send(f"{json.dumps(head)}\n{json.dumps(recipe)}")
    return live.number


def original(live: Editor, number: int) -> Frame:
    def found(live: Editor) -> list[Frame]:
        return [frame for frame in live.frames if frame.kind == 1 and frame.id == number]

    live.wait(found)
    return found(live)[-1]


def test_the_original_comes_in_the_frame_of_the_crop(
    running: Running, client: httpx.Client, project: str
) -> None:
    with editor(running, client, project) as live:
        live.settle(live.change())
        plain = live.edited()[-1].picture.astype(int)
        number = change(live)
        live.settle(number)
        turned = np.rot90(plain, -1)
        for frame in (live.edited()[-1], original(live, number)):
            assert frame.region == (0, 0, 480, 640)
            assert np.abs(frame.picture - turned).mean() < 2


def test_another_frame_brings_another_original_of_the_same_view(
    running: Running, client: httpx.Client, project: str
) -> None:
    with editor(running, client, project) as live:
        live.settle(live.change())
        plain = live.edited()[-1].picture.astype(int)
        number = change(live)
        live.settle(number)
        original(live, number)
        number = change(live, mirror=True)
        live.settle(number)
        mirrored = np.rot90(plain, -1)[:, ::-1]
        assert np.abs(original(live, number).picture - mirrored).mean() < 2


def test_the_thumb_of_a_small_cut_is_as_large_as_others(client: httpx.Client, project: str) -> None:
    edit = {"op": "crop", "version": 1, "left": 0.2, "top": 0.2, "width": 0.5, "height": 0.25}
    body = {"base": 0, "label": "crop cut", "recipe": {"steps": [{"edit": edit}]}}
    assert client.post(f"/api/projects/{project}/history", json=body).status_code == 201
    thumb = client.get(f"/api/projects/{project}/thumb", params={"size": 256}).content
    assert simplejpeg.decode_jpeg(thumb).shape[:2] == (96, 256)
