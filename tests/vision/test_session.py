"""Networks: loaded once, the same from every thread, and clear when they are missing."""

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from freckle.vision import session as module
from freckle.vision import versions
from freckle.vision.parser import SIDE, parse
from freckle.vision.session import WeightsError, manifest, session


@pytest.fixture
def empty_installation(tmp_path, monkeypatch):
    monkeypatch.setattr(module, "WEIGHTS", tmp_path)
    caches = (module.manifest, module._loaded)
    for cached in caches:
        cached.cache_clear()
    yield
    for cached in caches:
        cached.cache_clear()


def test_session_is_loaded_once():
    assert session("mesh_lips") is session("mesh_lips")


def test_threads_that_ask_at_once_get_one_network(monkeypatch):
    module._loaded.cache_clear()
    made = []
    monkeypatch.setattr(module, "Session", lambda *given: made.append(given) or len(made))
    with ThreadPoolExecutor(4) as pool:
        found = set(pool.map(session, ["mesh_lips"] * 16))
    module._loaded.cache_clear()
    assert len(made) == len(found) == 1


def test_threads_get_what_one_thread_gets():
    patches = np.random.default_rng(3).random((24, 16, 16, 32), dtype=np.float32)
    network = session("mesh_right_eye")
    alone = [network(patch) for patch in patches]
    with ThreadPoolExecutor(2) as pool:
        together = list(pool.map(network, patches))
    for one, other in zip(alone, together, strict=True):
        assert one.keys() == other.keys() == {142, 10}
        for size in one:
            np.testing.assert_array_equal(one[size], other[size])


def test_output_is_a_copy():
    network = session("mesh_lips")
    first = network(np.zeros((16, 16, 32), np.float32))[160]
    kept = first.copy()
    network(np.ones((16, 16, 32), np.float32))
    np.testing.assert_array_equal(first, kept)


def test_unknown_network_is_named():
    with pytest.raises(WeightsError, match="'eyebrow'"):
        session("eyebrow")


@pytest.mark.usefixtures("empty_installation")
def test_missing_weights_say_what_to_do():
    with pytest.raises(WeightsError, match="Install freckle again"):
        manifest()


def test_versions_name_every_network():
    assert set(versions()) >= {"face_short_range", "face_full_range", "mesh_trunk", "parser"}


def test_parser_answers_with_shares_that_sum_to_one():
    found = parse(np.full((SIDE, SIDE, 3), 0.8, np.float32))
    assert found.shape == (SIDE, SIDE, 6)
    assert found.dtype == np.float32
    assert found.min() >= 0
    np.testing.assert_allclose(found.sum(axis=2), 1, atol=1e-5)
