"""A worker's share is of what there is: a container's limit counts, not the machine's memory."""

from pathlib import Path

import pytest

from freckle.pixels.machine import memory


@pytest.mark.parametrize(
    ("own", "limits", "expected"),
    [
        ("0::/\n", {"memory.max": "3000000000\n"}, 3_000_000_000),
        ("0::/a/b\n", {"a/memory.max": "2000000000", "a/b/memory.max": "max"}, 2_000_000_000),
        ("4:memory:/x\n0::/\n", {"memory/x/memory.limit_in_bytes": "1000000000"}, 1_000_000_000),
        ("4:cpu,memory:/\n", {"memory/memory.limit_in_bytes": "1500000000"}, 1_500_000_000),
    ],
)
def test_the_groups_limit_is_what_there_is(
    tmp_path: Path, own: str, limits: dict[str, str], expected: int
) -> None:
    for name, text in limits.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, "ascii")
    (tmp_path / "own").write_text(own, "ascii")
    assert memory(tmp_path, tmp_path / "own") == expected


@pytest.mark.parametrize("text", ["max", "", "9223372036854771712"])
def test_without_a_limit_it_is_the_machines_memory(tmp_path: Path, text: str) -> None:
    (tmp_path / "memory.max").write_text(text, "ascii")
    (tmp_path / "own").write_text("0::/\n", "ascii")
    free = memory(tmp_path / "none", tmp_path / "none")
    assert memory(tmp_path, tmp_path / "own") == free > 1 << 28
