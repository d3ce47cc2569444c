"""A matting network of the user's own: read, run, shown with its licence, or refused in words."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from freckle.errors import RecipeError
from freckle.vision.matting import SETTING, Network, chosen
from tests.vision.onnx_file import model

pytest.importorskip("onnxruntime")


@pytest.fixture
def file(tmp_path: Path) -> Iterator[Path]:
    path = tmp_path / "net.onnx"
    path.write_bytes(model())
    return path


def ramp() -> Any:
    picture = np.zeros((90, 120, 3), np.float32)
    picture[..., 0] = np.linspace(0, 1, 120)
    return picture


def test_layout_and_licence_are_read_and_alpha_comes_at_the_pictures_size(file: Path) -> None:
    network = Network.open(file)
    assert network.told == "Tiny (CC0)"
    assert (network.size, network.last) == ((64, 64), False)
    alpha = network.alpha(ramp())  # mean and std of .5: red −1..1, half of it and a half
    assert alpha.shape == (90, 120)
    assert np.abs(alpha - ramp()[..., 0]).max() < 0.02


@pytest.mark.parametrize(
    ("beside", "expected"),
    [
        ({"channels": "bgr"}, lambda red: 0 * red),
        ({"mean": [0, 0, 0], "std": [1, 1, 1]}, lambda red: 0.5 + 0.5 * red),
        ({"sigmoid": True}, lambda red: 1 / (1 + np.exp(-red))),
    ],
)
def test_what_is_told_beside_it_counts(file: Path, beside: dict[str, Any], expected: Any) -> None:
    file.with_suffix(".json").write_text(json.dumps({**beside, "licence": "MIT"}))
    network = Network.open(file)
    assert network.told == "Tiny (MIT)"
    assert np.abs(network.alpha(ramp()) - expected(ramp()[..., 0])).max() < 0.02


def test_a_model_of_any_size_gets_the_one_that_is_told(tmp_path: Path) -> None:
    path = tmp_path / "free.onnx"
    path.write_bytes(model(("n", 3, "h", "w"), told={"size": "96"}))
    network = Network.open(path)
    assert network.size == (96, 96)
    assert network.told == "tiny (its licence is not told)"
    assert network.alpha(ramp()).shape == (90, 120)


def test_the_setting_names_it(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(SETTING, raising=False)
    assert chosen() is None
    monkeypatch.setenv(SETTING, str(file))
    found = chosen()
    assert found is not None
    assert found is chosen()


@pytest.mark.parametrize(
    ("content", "beside", "told"),
    [
        (b"no model", None, "no ONNX model"),
        (model((1, 1, 64, 64), told={}), None, "three channels"),
        (model(channels=2), None, "no alpha"),
        (model(), '{"size": "large"}', "size"),
        (model(), '{"output": "mask"}', "no output mask"),
        (model(), "{", "is wrong"),
        (None, None, "no matting model"),
    ],
)
def test_what_is_none_gets_one_sentence(
    tmp_path: Path, content: bytes | None, beside: str | None, told: str
) -> None:
    path = tmp_path / "net.onnx"
    if content is not None:
        path.write_bytes(content)
    if beside is not None:
        path.with_suffix(".json").write_text(beside)
    with pytest.raises(RecipeError, match=told) as caught:
        Network.open(path).alpha(ramp())
    assert "\n" not in str(caught.value)
