"""The engine on Ray; skipped where Ray is not installed (pip install 'freckle[cluster]').

Two nodes on this machine, one of them killed in the middle.
"""

import importlib.util
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from freckle.jobs.cluster import Cluster
from freckle.jobs.failures import JobError
from freckle.jobs.job import Job
from freckle.jobs.local import Local
from freckle.jobs.places import Input, Place
from tests.jobs.conftest import KINDS, ROOT

pytestmark = [
    pytest.mark.skipif(not importlib.util.find_spec("ray"), reason="Ray is not installed"),
    pytest.mark.filterwarnings("ignore"),  # what Ray does with its own files is its own
]


@pytest.fixture(scope="module")
def nodes() -> Iterator[Any]:
    from ray.cluster_utils import Cluster as Nodes  # noqa: PLC0415

    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", f"{ROOT / 'src'}:{ROOT}")
        patch.setenv("RAY_USAGE_STATS_ENABLED", "0")
        nodes = Nodes(
            initialize_head=True, head_node_args={"num_cpus": 1, "include_dashboard": False}
        )
        nodes.add_node(num_cpus=1)
        nodes.wait_for_nodes()
        yield nodes
        nodes.shutdown()


def test_the_same_bytes_although_a_node_dies(nodes: Any, local: Local, tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(bytes(range(256)) * 1000)
    engine = Cluster(KINDS, nodes.address)
    try:
        assert engine.capacity == 4
        job = Job("1", "digest", inputs=(Input(Place(path=str(path))),))
        there, here = engine.submit(job).result(120), local.submit(job).result(60)
        assert there.body == here.body
        assert there.head["digest"] == here.head["digest"]
        tickets = [engine.submit(Job(str(n), "deaf", {"seconds": 2})) for n in range(4)]
        nodes.remove_node(next(n for n in nodes.worker_nodes), allow_graceful=False)
        assert all(ticket.result(120).head["pid"] for ticket in tickets)
        with pytest.raises(JobError, match="It is broken"):
            engine.submit(Job("2", "refuses")).result(120)
    finally:
        engine.close()
