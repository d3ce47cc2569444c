"""The live preview with recipes that come as changes: cheap, and whole again where one is lost."""

import asyncio
import contextlib
import json
import math
import os
import signal
import statistics
import time
from typing import Any

import httpx
import numpy as np
import pytest
from websockets.exceptions import ConnectionClosed

from freckle.server.live import LONGEST_MESSAGE
from tests.server.serving import Running
from tests.server.watching import Editor, editor

STROKES, POINTS = 45, 1000
CHEAPER = 3
"""One frame costs the event loop less than a third of reading the whole recipe once (~50 ms)."""


def dodge(amount: float, strokes: int = 1, points: int = 2) -> dict[str, Any]:
    places = [[0.1 + 0.0005 * k, 0.5 + 0.2 * math.sin(k / 30)] for k in range(points)]
    stroke = {"points": places, "size": 0.4, "space": "photo"}
    mask = {"base": "empty", "strokes": [stroke] * strokes}
    return {"steps": [{"edit": {"op": "dodge", "amount": amount}, "mask": mask}]}


def amount(value: float) -> list[Any]:
    return [{"op": "replace", "path": "/steps/0/edit/amount", "value": value}]


def loop_ms(running: Running) -> float:
    """Processor time of the server's event loop so far, in ms."""

    async def look() -> float:
        return time.thread_time() * 1000

    return asyncio.run_coroutine_threadsafe(look(), running.loop).result()


def reading_ms(running: Running, text: str) -> float:
    """Processor time that the loop would spend on reading a whole recipe, as it once did."""

    async def read() -> None:
        json.loads(text)

    took: list[float] = []
    for _ in range(3):
        before = loop_ms(running)
        asyncio.run_coroutine_threadsafe(read(), running.loop).result()
        took.append(loop_ms(running) - before)
    return min(took)


def test_a_change_draws_what_the_whole_recipe_draws(
    running: Running, client: httpx.Client, project: str
):
    with editor(running, client, project) as live:
        base = live.change(recipe=dodge(20))
        live.settle(base)
        plain = live.edited()[-1].jpeg
        live.settle(live.change(recipe=amount(90), base=base))
        changed = live.edited()[-1].jpeg
        live.settle(live.change(recipe=[], base=base))
        assert live.edited()[-1].jpeg == plain
        live.settle(live.change(recipe=dodge(90)))
        assert live.edited()[-1].jpeg == changed != plain


def test_changes_of_a_recipe_that_was_never_drawn(
    running: Running, client: httpx.Client, project: str
):
    with editor(running, client, project) as live:
        base = live.change(recipe=dodge(20), drag=True)
        for value in range(21, 90):
            number = live.change(recipe=amount(value), base=base, drag=True)
        live.settle(number)
        drawn = live.edited()[-1].jpeg
        assert not [text for text in live.texts if "unknown" in text]
        live.settle(live.change(recipe=dodge(89)))
        assert live.edited()[-1].jpeg == drawn


def test_a_frame_costs_the_event_loop_next_to_nothing(
    running: Running, client: httpx.Client, project: str
):
    whole = dodge(20, STROKES, POINTS)
    whole["steps"][0]["opacity"] = 0  # the worker shall not be what takes the time
    grown = [{"op": "add", "path": "/steps/0/mask/strokes/3/points/-", "value": [0.5, 0.5]}]
    with editor(running, client, project) as live:
        before = loop_ms(running)
        base = live.change(recipe=whole)
        live.settle(base)
        opening = loop_ms(running) - before
        each: list[float] = []
        for _ in range(9):
            frames, before = len(live.frames), loop_ms(running)
            base = live.change(recipe=grown, base=base, drag=True)
            live.wait(lambda e, n=base: e.edited()[-1].id == n, 60)
            each.append((loop_ms(running) - before) / (len(live.frames) - frames))
    reading = reading_ms(running, json.dumps(whole))  # in the same run: machines differ
    assert statistics.median(each) < reading / CHEAPER
    assert opening < reading  # two frames, faces and the recipe, which nobody reads here


def test_a_base_that_nobody_knows_is_asked_for(
    running: Running, client: httpx.Client, project: str
):
    with editor(running, client, project) as live:
        lost = live.change(recipe=amount(3), base=77)
        live.wait(lambda e: {"unknown": lost} in e.texts)
        live.settle(live.change(recipe=dodge(3)))
        assert [f.id for f in live.edited()] == [live.number]
        assert not [text for text in live.texts if "error" in text]


def test_a_socket_knows_nothing_of_the_one_before(
    running: Running, client: httpx.Client, project: str
):
    with editor(running, client, project) as live:
        base = live.change(recipe=dodge(20))
        live.settle(base)
    with editor(running, client, project) as live:
        lost = live.change(recipe=amount(90), base=base)
        live.wait(lambda e: {"unknown": lost} in e.texts)


def test_a_new_worker_has_the_recipe_sent_again(
    running: Running, client: httpx.Client, project: str, photo: str
):
    with editor(running, client, project) as live:
        base = live.change(recipe=dodge(20))
        live.settle(base)
        pid = running.house.pool.of(photo).pid
        assert pid
        os.kill(pid, signal.SIGKILL)
        time.sleep(0.2)
        number = live.change(recipe=amount(90), base=base)
        live.wait(lambda e: {"unknown": number} in e.texts or "error" in e.texts[-1])
        live.settle(live.change(recipe=dodge(90)))


def test_changes_may_come_in_any_order(running: Running, client: httpx.Client, project: str):
    with editor(running, client, project) as live:
        base = live.change(recipe=dodge(20))
        live.settle(base)
        live.number = 50
        late = live.change(recipe=amount(60), base=base)
        live.settle(late)
        live.number = 30
        early = live.change(recipe=amount(40), base=late)
        live.settle(early)  # what came last counts, whatever its number
        live.settle(live.change(recipe=[], base=base))
        assert not [text for text in live.texts if "unknown" in text]


@pytest.mark.parametrize(
    "text", ["{", "null", "7", '[{"op": "add"}]', "[" * 5000, '{"steps": [1]}', "😀"]
)
def test_a_recipe_of_garbage_is_answered_once_and_the_base_stays(
    running: Running, client: httpx.Client, project: str, text: str
):
    with editor(running, client, project) as live:
        base = live.change(recipe=dodge(20))
        live.settle(base)
        view = {"x": 0, "y": 0, "w": 640, "h": 480, "width": 640, "height": 480}
        for drag in (True, False):
            told = len(live.texts)
            head = {"id": 100 + drag, "base": base, "view": view, "drag": drag}
            live.socket.send(json.dumps(head) + "\n" + text)
            live.wait(lambda e, told=told: len(e.texts) > told)
            time.sleep(0.2)
            (answer,) = live.texts[told:]
            assert answer["error"]["code"] == "bad_request"
        live.settle(live.change(recipe=amount(90), base=base))


def test_a_message_too_large_is_refused_and_the_socket_lives(
    running: Running, client: httpx.Client, project: str
):
    with editor(running, client, project) as live:
        live.settle(live.change())
        live.change(recipe="x" * LONGEST_MESSAGE)
        live.wait(lambda e: "error" in e.texts[-1])
        assert live.texts[-1]["error"]["code"] == "too_large_file"
        live.settle(live.change())


def test_a_message_far_too_large_ends_the_socket_and_nothing_else(
    running: Running, client: httpx.Client, project: str
):
    with editor(running, client, project) as live:
        with contextlib.suppress(ConnectionClosed):
            live.change(recipe="x" * (3 * LONGEST_MESSAGE))
        assert live.ended.wait(20)
    with editor(running, client, project) as live:
        live.settle(live.change())


def test_what_is_painted_is_seen_while_it_grows(
    running: Running, client: httpx.Client, project: str
):
    def paint(live: Editor) -> list[np.ndarray]:
        base, seen = live.change(recipe=dodge(90)), []
        for k in range(6):
            point = [0.2 + 0.1 * k, 0.2]
            change = {"op": "add", "path": "/steps/0/mask/strokes/0/points/-", "value": point}
            base = live.change(recipe=[change], base=base, drag=True)
            live.wait(lambda e, n=base: e.edited() and e.edited()[-1].id == n)
            seen.append(live.edited()[-1])
        live.settle(base)
        return seen

    with editor(running, client, project) as live:
        paint(live)
        points = [[0.1, 0.5], [0.1005, 0.5 + 0.2 * math.sin(1 / 30)]]
        points += [[0.2 + 0.1 * k, 0.2] for k in range(6)]
        painted = live.edited()[-1].jpeg
        recipe = dodge(90)
        recipe["steps"][0]["mask"]["strokes"][0]["points"] = points
        live.settle(live.change(recipe=recipe))
        assert live.edited()[-1].jpeg == painted
