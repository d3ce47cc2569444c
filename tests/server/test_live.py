"""The live preview keeps its promises: newest wins, nothing piles up, it ends sharp."""

import json
import os
import signal
import time
from types import SimpleNamespace

import httpx
import numpy as np
import pytest

from freckle.server import flight as flights
from freckle.server.flight import PATIENCE_S, WINDOW, Flight
from freckle.server.pace import TARGET_MS, Pace
from tests.server.serving import Running
from tests.server.watching import editor

VIEW = {"x": 0, "y": 0, "w": 640, "h": 480, "width": 640, "height": 480}
HEAD = json.dumps({"id": 1, "view": VIEW})


def test_first_the_photo_then_its_faces_then_the_final_frame(
    running: Running, client: httpx.Client, project: str
):
    with editor(running, client, project) as live:
        number = live.change()
        live.settle(number)
        assert live.frames[0].kind == 1
        assert live.texts[0] == {"analysis": "ready"}
        last = live.edited()[-1]
        assert (last.id, last.region) == (number, (0.0, 0.0, 640.0, 480.0))
        assert last.picture.shape == (480, 640, 3)
        # nothing was edited: both are the same picture
        difference = np.abs(last.picture.astype(int) - live.frames[0].picture)
        assert difference.mean() < 1


def test_the_frame_says_exactly_what_it_shows(running: Running, client: httpx.Client, project: str):
    with editor(running, client, project) as live:
        live.settle(live.change(x=100, y=60, w=200, h=100, width=400, height=200))
        frame = live.edited()[-1]
        assert frame.region == (100, 60, 200, 100)
        assert frame.picture.shape == (100, 200, 3)  # never more pixels than the photo has
        live.settle(live.change(x=-500, y=400, w=1000, h=1000, width=500, height=500))
        x, y, w, h = live.edited()[-1].region
        assert (x, y, w, h) == pytest.approx((0, 400, 500, 80), abs=2)


def test_a_new_view_brings_its_original_for_comparing(
    running: Running, client: httpx.Client, project: str
):
    with editor(running, client, project) as live:
        live.settle(live.change())
        view = {"x": 0, "y": 0, "w": 320, "h": 240, "width": 320, "height": 240}
        number = live.change(**view)
        live.wait(lambda e: any(f.kind == 1 and f.id == number for f in e.frames))
        live.settle(live.change(**view))
        time.sleep(0.1)
        assert sum(f.kind == 1 for f in live.frames) == 2


def test_of_a_burst_only_the_newest_is_owed(running: Running, client: httpx.Client, project: str):
    with editor(running, client, project) as live:
        live.settle(live.change())
        for _ in range(200):
            number = live.change(drag=True)
        live.settle(number)
        ids = [frame.id for frame in live.edited()]
        assert ids == sorted(ids)
        assert ids[-1] == number
        assert len(ids) < 150
        time.sleep(0.3)
        assert live.edited()[-1].id == number  # nothing stale comes after


def test_a_drag_settles_120_ms_after_its_last_change(
    running: Running, client: httpx.Client, project: str
):
    with editor(running, client, project) as live:
        live.settle(live.change())
        before = time.monotonic()
        live.settle(live.change(drag=True))
        assert 0.11 < time.monotonic() - before < 3
        assert len(live.edited()[-1].jpeg) > len(live.edited()[-2].jpeg)


def test_nothing_piles_up_before_a_screen_that_shows_nothing(
    running: Running, client: httpx.Client, project: str, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(flights, "PATIENCE_S", 60.0)  # none is given up, however long it takes
    with editor(running, client, project) as live:
        live.settle(live.change())
        live.acknowledging = False
        time.sleep(0.05)
        seen = len(live.edited())
        for _ in range(60):
            number = live.change(drag=True)
            time.sleep(0.01)
        assert len(live.edited()) - seen <= WINDOW
        live.acknowledging = True
        live.acknowledge(number)
        live.settle(live.change(drag=True))


def test_a_lost_acknowledgement_stops_nothing_for_long(
    running: Running, client: httpx.Client, project: str
):
    with editor(running, client, project, acknowledging=False) as live:
        for _ in range(5):
            live.settle(live.change())


@pytest.mark.parametrize(("takes", "most"), [(0.04, WINDOW), (0.12, 1)])
def test_a_slow_screen_gets_one_frame_at_a_time(
    monkeypatch: pytest.MonkeyPatch, takes: float, most: int
):
    now, flight = 0.0, Flight()
    monkeypatch.setattr(flights, "time", SimpleNamespace(monotonic=lambda: now))
    flight.send(1, took_ms=20)
    now += takes
    flight.land(1)
    for number in range(most):
        assert not flight.full()
        flight.send(2 + number, took_ms=20)
    assert flight.full()
    now += 1.1 * PATIENCE_S
    assert not flight.full()  # they are lost


@pytest.mark.parametrize(
    "text",
    [
        *("", "{", "[]", '{"id": 1}', '{"ack": -1}', '{"ack": 1, "id": 2}', '"x"', "null"),
        *("\n{}", "\n" * 9, HEAD, HEAD + "\n", HEAD.replace("{", '{"recipe": {}, ', 1) + "\n{}"),
        *(" " * 3000 + HEAD + "\n{}", HEAD.replace("640", "1e999") + "\n{}", b"\x00", b""),
    ],
)
def test_nonsense_is_answered_and_the_socket_lives(
    running: Running, client: httpx.Client, project: str, text: str | bytes
):
    with editor(running, client, project) as live:
        live.socket.send(text)
        live.wait(lambda e: any("error" in t for t in e.texts))
        assert live.texts[0]["error"]["code"] == "bad_request"
        live.settle(live.change())


def test_a_bad_recipe_is_answered_and_the_last_good_frame_stays(
    running: Running, client: httpx.Client, project: str
):
    with editor(running, client, project) as live:
        live.settle(live.change())
        unknown = {"format": 1, "steps": [{"edit": {"op": "melt", "version": 1}}]}
        live.change(recipe=unknown)
        live.wait(lambda e: any("error" in t for t in e.texts))
        (error,) = [t["error"] for t in live.texts if "error" in t]
        assert error["code"] == "bad_request"
        assert "melt" in error["message"]
        live.settle(live.change())


def test_a_worker_killed_during_a_preview_is_replaced(
    running: Running, client: httpx.Client, project: str, photo: str
):
    with editor(running, client, project) as live:
        live.settle(live.change())
        pid = running.house.pool.of(photo).pid
        assert pid
        os.kill(pid, signal.SIGKILL)
        deadline = time.monotonic() + 120
        while time.monotonic() < deadline:
            number, told = live.change(), len(live.texts)
            live.wait(
                lambda e, n=number, told=told: (
                    {"settled": n} in e.texts or any("error" in t for t in e.texts[told:])
                )
            )
            if {"settled": number} in live.texts:
                break
        assert {"settled": number} in live.texts


def test_two_windows_on_one_photo_do_not_disturb_each_other(
    running: Running, client: httpx.Client, project: str
):
    with editor(running, client, project) as one, editor(running, client, project) as two:
        first, second = one.change(), two.change(w=320, h=240, width=320, height=240)
        one.settle(first)
        two.settle(second)
        assert one.edited()[-1].region[2] == 640
        assert two.edited()[-1].region[2] == 320


def test_the_way_round_without_sockets_draws_the_same(
    running: Running, client: httpx.Client, project: str
):
    with editor(running, client, project) as live:
        live.settle(live.change())
    view = {"x": 0, "y": 0, "w": 640, "h": 480, "width": 640, "height": 480}
    body = {"recipe": {"format": 1}, "view": view, "quality": 92}
    answer = client.post(f"/api/projects/{project}/preview", json=body)
    assert answer.headers["content-type"] == "image/jpeg"
    assert answer.headers["x-freckle-region"] == "0.0,0.0,640.0,480.0"
    assert answer.content == live.edited()[-1].jpeg


def test_the_pace_finds_the_largest_size_that_is_fast_enough():
    pace = Pace()
    for _ in range(30):
        pace.learn(fixed_ms=20, drawing_ms=5, pixels=1_000_000)
    assert pace.size(1600, 1067) == (1600, 1067)
    for _ in range(30):
        pace.learn(fixed_ms=20, drawing_ms=60, pixels=1_000_000)
    width, height = pace.size(1600, 1067)
    assert 640 <= width < 1600
    assert pace.expected_ms(width, height) <= TARGET_MS
    for _ in range(30):
        pace.learn(fixed_ms=500, drawing_ms=5, pixels=1_000_000)
    assert pace.size(1600, 1067) == (1600, 1067)  # a small picture would not make it faster


def test_a_drag_sends_patches(running: Running, client: httpx.Client, portrait_project: str):
    def recipe(amount: float) -> dict[str, object]:
        edit = {"op": "eye_whites", "version": 1, "amount": amount}
        return {"format": 1, "steps": [{"edit": edit}]}

    view = {"x": 0, "y": 0, "w": 512, "h": 512, "width": 512, "height": 512}
    with editor(running, client, portrait_project) as live:
        live.settle(live.change(recipe=recipe(20), **view))
        whole = live.edited()[-1].picture
        for amount in (21, 30, 45):
            number = live.change(recipe=recipe(amount), drag=True, **view)
            live.wait(lambda e, number=number: e.edited()[-1].id == number)
        patches = [frame for frame in live.edited() if frame.kind == 2]
        assert patches
        for frame in patches:
            x, y, w, h = (round(value) for value in frame.region)
            assert w * h < 0.3 * 512 * 512
            part = frame.picture
            assert part.shape[:2] == (h, w)
            # other marks of the JPEG and whiter eyes: the same place all the same
            assert np.abs(part.astype(int) - whole[y : y + h, x : x + w]).mean() < 8
        live.settle(live.change(recipe=recipe(45), **view))
        assert live.edited()[-1].kind == 0
