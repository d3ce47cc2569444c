"""What is only for a while is gone with its process, also when that is killed."""

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from freckle import fleeting

HELD = """
import sys, time
from pathlib import Path
from freckle.fleeting import fleeting
with fleeting(Path(sys.argv[1])) as folder:
    (folder / "picture").write_bytes(b"unretouched")
    print("there", flush=True)
    time.sleep(60)
"""


@pytest.mark.parametrize("way", [signal.SIGKILL, signal.SIGTERM])
def test_a_folder_goes_with_whoever_is_killed(tmp_path: Path, way: signal.Signals) -> None:
    folder = tmp_path / "held"
    command = [sys.executable, "-c", HELD, str(folder)]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"there\n"
        assert (folder / "picture").exists()
        process.send_signal(way)
        process.wait()
    for _ in range(500):
        if not folder.exists():
            break
        time.sleep(0.02)
    assert not folder.exists()


def test_a_folder_goes_when_it_is_left_and_what_was_moved_stays(tmp_path: Path) -> None:
    with fleeting.fleeting(tmp_path / "a" / "b") as folder:
        (folder / "one").touch()
        folder.rename(tmp_path / "kept")
    assert (tmp_path / "kept" / "one").exists()
    assert not (tmp_path / "a" / "b").exists()
    with pytest.raises(FileExistsError), fleeting.fleeting(tmp_path / "kept"):
        pass
    assert (tmp_path / "kept" / "one").exists()


def handles() -> int:
    return len(list(fleeting.HANDLES.iterdir())) if fleeting.HANDLES.is_dir() else 0


def test_files_for_libraries_have_no_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    before = handles()
    with fleeting.scratch() as files:
        names = [files.put(f"{number}.jpg", b"x" * number) for number in (3, 5)]
        assert [(files.folder / name).read_bytes() for name in names] == [b"xxx", b"xxxxx"]
        if fleeting.HANDLES.is_dir():
            assert list(tmp_path.iterdir()) == []
    assert handles() == before


def test_where_files_need_names_they_are_removed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    monkeypatch.setattr(fleeting, "HANDLES", tmp_path / "none")
    with fleeting.scratch() as files:
        assert (files.folder / files.put("a.jpg", b"x")).read_bytes() == b"x"
        assert (files.folder / "a.jpg").exists()
    assert list(tmp_path.iterdir()) == []
