"""The tools, called by the reference client, over standard input and output."""

import hashlib
import json
import os
import sys
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from tests.cli.conftest import ROOT
from tests.server.serving import in_a_loop

mcp = pytest.importorskip("mcp")


@pytest.fixture(scope="module")
def photo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Eileen Collins (NASA, public domain), with an outsider beside the folder."""
    data = pytest.importorskip("skimage.data")
    base = tmp_path_factory.mktemp("mcp")
    for name in ("in", "out"):
        (base / name).mkdir()
    face = np.ascontiguousarray(data.astronaut()[:256, 100:340])
    for path in (base / "in" / "face.png", base / "outside.png"):
        Image.fromarray(face).save(path)
    (base / "in" / "link.png").symlink_to(base / "outside.png")
    (base / "in" / "mine.json").write_text('{"steps": [{"edit": {"op": "smooth", "amount": 40}}]}')
    return base / "in" / "face.png"


def talk(photo: Path, work: Callable[[Any], Coroutine[Any, Any, None]]) -> None:
    """Start the command, and do something with a client that is connected to it."""
    base = photo.parents[1]
    words = ["-m", "freckle.cli", "mcp", "--folder", base / "in", "--out", base / "out"]
    server = mcp.StdioServerParameters(
        command=sys.executable,
        args=[str(word) for word in words],
        env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
    )

    async def main() -> None:
        async with mcp.Client(server) as client:
            await work(client)

    in_a_loop(main())


async def call(client: Any, name: str, **arguments: Any) -> tuple[bool, Any]:
    answer = await client.call_tool(name, arguments)
    text = answer.content[0].text
    return answer.is_error, text if answer.is_error else json.loads(text)


def test_a_client_inspects_retouches_and_reports(photo: Path) -> None:
    original = hashlib.sha256(photo.read_bytes()).hexdigest()
    out = photo.parents[1] / "out"

    async def work(client: Any) -> None:
        tools = {tool.name for tool in (await client.list_tools()).tools}
        assert tools == {
            *("photos", "offers", "inspect", "report"),
            *("retouch", "look", "background", "export"),
        }
        _, offers = await call(client, "offers")
        assert "natural" in offers["presets"]
        assert offers["tools"]["smooth"]["amount"]["maximum"] == 100
        _, listed = await call(client, "photos")
        assert str(photo) in listed["photos"]
        _, found = await call(client, "inspect", photo="face.png")
        assert [face["verdict"] for face in found["faces"]] == ["face"]

        _, said = await call(client, "report", photo=str(photo), settings={"smooth": 30})
        assert said["report"]
        assert not list(out.iterdir())
        wrong, said = await call(
            client, "retouch", photo="face.png", output="a.png", recipe="mine.json"
        )
        assert not wrong, said
        assert "1 face retouched" in said["summary"]

    talk(photo, work)
    assert {each.name for each in out.iterdir()} == {"a.png", "a.png.freckle.json"}
    assert hashlib.sha256(photo.read_bytes()).hexdigest() == original


def test_a_client_makes_looks_backgrounds_and_exports(photo: Path) -> None:
    out = photo.parents[1] / "out"

    async def work(client: Any) -> None:
        _, said = await call(
            client, "look", photo="face.png", words="warm, red lips", output="b.jpg"
        )
        assert said["unknown"] == []
        color = {"mode": "color", "color": "#3a7d44"}
        await call(client, "background", photo="face.png", output="c.png", settings=color)
        _, said = await call(client, "export", photo="face.png", presets=["avatar", "original"])
        assert len(said["written"]) == 2

    talk(photo, work)
    assert {each.name for each in out.iterdir()} >= {
        *("b.jpg", "c.png"),
        *("face-avatar.jpg", "face-original.png"),
    }
    with Image.open(out / "c.png") as image:
        assert image.getpixel((2, 2)) == (0x3A, 0x7D, 0x44)


def test_nothing_outside_is_read_and_nothing_is_replaced(photo: Path) -> None:
    out = photo.parents[1] / "out"
    (out / "taken.png").write_bytes(b"mine")
    outside = str(photo.parents[1] / "outside.png")

    async def work(client: Any) -> None:
        for name in (outside, "../outside.png", "link.png", "/etc/passwd", "a\0b", "absent.png"):
            wrong, said = await call(client, "inspect", photo=name)
            assert wrong, name
            assert "no file" in said, name
        for name in ("taken.png", "../in/face.png", str(photo), "../new.png", "", "gone/new.png"):
            wrong, said = await call(client, "retouch", photo="face.png", output=name)
            assert wrong, name
        for asked in (
            {"recipe": outside},
            {"preset": "/etc/passwd"},
            {"settings": {"smoth": 3}},
            {"settings": {"photo": 3}},
            {"settings": {"smooth": "much"}},
            {"settings": {"smooth": [1]}},
            {"settings": {"persons": 5}},
        ):
            wrong, said = await call(client, "report", photo="face.png", **asked)
            assert wrong, asked
            assert "Traceback" not in said, asked
            assert "root:" not in said, asked

    talk(photo, work)
    assert (out / "taken.png").read_bytes() == b"mine"
    assert not (photo.parents[1] / "new.png").exists()
