"""`freckle watch`: photos as a camera brings them, piece by piece."""

import signal
import sys
import time
from pathlib import Path

from benchmarks.batches import outputs

from freckle.storage.blobs import digest_of
from tests.cli.conftest import interruptible


def test_photos_are_done_when_they_are_complete_and_once(jpeg: Path, tmp_path: Path) -> None:
    folder, out = tmp_path / "camera", tmp_path / "out"
    folder.mkdir()
    content = jpeg.read_bytes()
    (folder / "old.jpg").write_bytes(content)
    command = [sys.executable, "-m", "freckle.cli", "watch", folder, "-o", out, "--jobs", "1"]
    words = ["--preset", "none", "--report", tmp_path / "report"]
    with interruptible([*command, *words]) as running:
        wait_for(out / "old.jpg")
        with (folder / "new.jpg").open("wb") as file:  # slowly, as over a cable
            for at in range(0, len(content), len(content) // 6 + 1):
                file.write(content[at : at + len(content) // 6 + 1])
                file.flush()
                assert not (out / "new.jpg").exists()
                time.sleep(0.4)
        wait_for(out / "new.jpg")
        (folder / "later.part").write_bytes(content)
        (folder / "later.part").rename(folder / "later.jpg")
        wait_for(out / "later.jpg")
        time.sleep(0.5)
        running.send_signal(signal.SIGINT)
        _, said = running.communicate(timeout=600)
    assert running.returncode == 130
    assert "Traceback" not in said
    assert "[" not in said  # nothing half-copied was taken for a broken photo
    assert outputs(out) == dict.fromkeys(["later.jpg", "new.jpg", "old.jpg"], digest_of(content))
    assert (out / ".freckle-batch.jsonl").read_text().count('"done"') == 3


def wait_for(path: Path, seconds: float = 600) -> None:
    until = time.monotonic() + seconds
    while not path.exists():
        assert time.monotonic() < until, path
        time.sleep(0.02)
