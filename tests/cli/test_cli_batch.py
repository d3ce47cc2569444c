"""`freckle batch`: sets of photos that are killed and resumed, broken photos, names, conflicts."""

import json
import os
import shutil
import signal
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from benchmarks.batches import children, failed, outputs, start
from PIL import Image

from freckle.batch.names import PLAIN, Conflict, Names, TakenError
from freckle.batch.sources import source_at
from freckle.batch.work import order_of
from freckle.cli.main import main
from freckle.errors import OutputError
from freckle.recipe.recipe import Recipe
from tests.cli.conftest import interruptible
from tests.jobs.kept import kept

Freckle = Callable[..., tuple[int, str, str]]
ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module", autouse=True)
def surroundings() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", os.pathsep.join([str(ROOT / "src"), str(ROOT)]))
        with kept("freckle.cli.batch"):
            yield


@pytest.fixture(scope="module")
def folder(face: np.ndarray, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Eight pictures, two of them broken, in two folders; and a text."""
    root = tmp_path_factory.mktemp("set")
    (root / "b").mkdir()
    for number in range(4):
        light = np.clip(face * (0.8 + 0.1 * number), 0, 255).astype(np.uint8)
        Image.fromarray(light).save(root / f"{number}.jpg", quality=90)
    Image.fromarray(face[:, ::-1]).save(root / "b" / "1.png")
    Image.fromarray(face[20:, 20:]).save(root / "b" / "0.jpg", quality=80)
    (root / "b" / "empty.jpg").touch()
    (root / "torn.jpg").write_bytes((root / "1.jpg").read_bytes()[:3000])
    (root / "notes.txt").write_text("not a picture")
    return root


@pytest.fixture(scope="module")
def calm(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What an undisturbed run makes."""
    out = tmp_path_factory.mktemp("calm") / "out"
    assert start(folder, out).wait(600) == 5
    return out


def test_every_photo_comes_out_and_broken_ones_are_listed(folder: Path, calm: Path) -> None:
    assert set(outputs(calm)) == {"0.jpg", "1.jpg", "2.jpg", "3.jpg", "b/0.jpg", "b/1.png"}
    reasons = {Path(name).name: reason for name, reason in failed(calm).items()}
    assert set(reasons) == {"empty.jpg", "torn.jpg"}
    assert "empty" in reasons["empty.jpg"]
    rows = json.loads((calm.with_name("out-report") / "batch.json").read_text())["photos"]
    assert sorted(Path(row["photo"]).relative_to(folder).as_posix() for row in rows) == [
        *("0.jpg", "1.jpg", "2.jpg", "3.jpg", "b/0.jpg", "b/1.png", "b/empty.jpg", "torn.jpg")
    ]
    figures = json.loads((calm.with_name("out-report") / "2.jpg.json").read_text())
    assert figures["faces"]


def test_each_is_what_retouch_makes_of_it(folder: Path, calm: Path, tmp_path: Path) -> None:
    assert main(["retouch", str(folder / "2.jpg"), "-o", str(tmp_path / "2.jpg"), "-q"]) == 0
    assert (tmp_path / "2.jpg").read_bytes() == (calm / "2.jpg").read_bytes()


def test_a_set_that_is_killed_again_and_again_is_the_same_in_the_end(
    folder: Path, calm: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    for done, victim in ((2, "program"), (4, "worker")):
        running = start(folder, out)
        until = time.monotonic() + 600
        while len(list(out.rglob("[0-9].*g"))) < done and time.monotonic() < until:
            time.sleep(0.01)
        if victim == "program":
            running.kill()
            assert running.wait(600) == -signal.SIGKILL
        else:
            for pid in children(running.pid):
                os.kill(pid, signal.SIGKILL)
            assert running.wait(600) == 5
    assert outputs(out) == outputs(calm)
    assert failed(out) == failed(calm)


def test_ctrl_c_ends_in_order_and_the_set_goes_on(folder: Path, calm: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    command = [sys.executable, "-m", "freckle.cli", "batch", folder, "-r", "-o", out, "--jobs", "1"]
    with interruptible(command) as running:
        until = time.monotonic() + 600
        while len(list(out.rglob("*.jpg"))) < 2:
            assert time.monotonic() < until
            time.sleep(0.01)
        workers = children(running.pid)
        running.send_signal(signal.SIGINT)
        _, said = running.communicate(timeout=600)
    assert running.returncode == 130
    assert "--resume goes on" in said
    assert "Traceback" not in said
    assert not [pid for pid in workers if Path(f"/proc/{pid}").exists()]
    done = outputs(out)
    before = {name: (out / name).stat().st_mtime_ns for name in done}
    assert main(["batch", str(folder), "-r", "-o", str(out), "--resume", "-q"]) == 5
    assert outputs(out) == outputs(calm)
    again = [name for name in done if (out / name).stat().st_mtime_ns != before[name]]
    assert len(again) <= 1  # what was written and not yet in the journal


def settled(freckle: Freckle, *words: object) -> tuple[int, str]:
    """Run without work on pixels: quick."""
    code, _, said = freckle("batch", *words, "--preset", "none", "--jobs", 1, "-q")
    return code, said


@pytest.mark.parametrize(
    ("rule", "name"), [("rename", "0-2.jpg"), ("skip", TakenError), ("fail", OutputError)]
)
def test_what_is_there_already_is_treated_as_asked(
    rule: Conflict, name: str | type[Exception], folder: Path, tmp_path: Path
) -> None:
    (tmp_path / "0.jpg").write_bytes(b"mine")
    names = Names(str(tmp_path), order_of(Recipe()), PLAIN, rule)
    if isinstance(name, str):
        (target,) = names.targets(source_at(folder / "0.jpg"), 1)
        assert target.path == str(tmp_path / name)
    else:
        with pytest.raises(name):
            names.targets(source_at(folder / "0.jpg"), 1)
    (other,) = names.targets(source_at(folder / "1.jpg"), 2)
    assert other.path == str(tmp_path / "1.jpg")


def test_replace_replaces_and_skip_leaves(folder: Path, tmp_path: Path, freckle: Freckle) -> None:
    mine = tmp_path / "0.jpg"
    mine.write_bytes(b"mine")
    assert settled(freckle, folder / "0.jpg", "-o", tmp_path, "--conflict", "skip")[0] == 0
    assert mine.read_bytes() == b"mine"
    assert settled(freckle, folder / "0.jpg", "-o", tmp_path, "--conflict", "replace")[0] == 0
    assert mine.read_bytes() == (folder / "0.jpg").read_bytes()


def test_no_two_photos_get_one_name_and_templates_are_filled_in(
    folder: Path, tmp_path: Path, freckle: Freckle
) -> None:
    inputs = [folder / "0.jpg", folder / "b" / "0.jpg", folder / "b" / "1.png", folder / "0.jpg"]
    assert settled(freckle, *inputs, "-o", tmp_path / "a")[0] == 0
    assert set(outputs(tmp_path / "a")) == {"0.jpg", "0-2.jpg", "1.png"}
    template = "{ext}/{folder}-{index}-{name}"
    words = [folder, "-r", "-o", tmp_path / "b", "--names", template, "--format", "png"]
    assert settled(freckle, *words, "--sidecar")[0] == 5
    assert "png/b-0007-1.png" in outputs(tmp_path / "b")
    assert "jpg/b-0006-0.png.freckle.json" in outputs(tmp_path / "b")
    for wrong in ("../{name}", "/etc/{name}", "{nobody}", ".{name}", "a//b"):
        code, said = settled(freckle, folder, "-o", tmp_path / "c", "--names", wrong)
        assert code == 2, said
    assert not (tmp_path / "c").exists()


def test_originals_are_never_written_to(folder: Path, tmp_path: Path, freckle: Freckle) -> None:
    mine = tmp_path / "mine"
    shutil.copytree(folder, mine)
    before = outputs(mine)
    words = [mine / "0.jpg", mine / "1.jpg", "-o", mine, "--conflict", "replace"]
    code, said = settled(freckle, *words, "--set", "smooth.amount=10")
    assert (code, said.count("never writes")) == (5, 2)
    code, said = settled(freckle, *words)
    assert (code, said.count("never writes")) == (5, 2)
    link = tmp_path / "out"
    link.mkdir()
    (link / "0.jpg").symlink_to(mine / "0.jpg")
    assert settled(freckle, mine / "0.jpg", "-o", link, "--conflict", "replace")[0] == 5
    assert outputs(mine) == before


def test_exports_and_other_steps_work_inside_a_set(
    folder: Path, tmp_path: Path, freckle: Freckle
) -> None:
    one = folder / "0.jpg"
    words = ["--export", "avatar", "--export", "web", "-o", tmp_path / "e"]
    assert freckle("batch", one, *words, "-q", "--jobs", 1)[0] == 0
    assert set(outputs(tmp_path / "e")) == {"0-avatar.jpg", "0-web.jpg"}
    with Image.open(tmp_path / "e" / "0-avatar.jpg") as made:
        assert made.size == (512, 512)
    words = ["--set", "background.mode=color", "--set", "upscale.amount=100", "-o", tmp_path / "u"]
    assert settled(freckle, folder / "b" / "1.png", *words)[0] == 0
    with Image.open(tmp_path / "u" / "1.png") as made, Image.open(folder / "b" / "1.png") as asked:
        assert made.size == (2 * asked.width, 2 * asked.height)


def test_two_sets_do_not_share_a_folder_and_a_lone_mistake_is_said(
    folder: Path, tmp_path: Path, freckle: Freckle
) -> None:
    from freckle.batch.journal import NAME, Journal  # noqa: PLC0415

    held = Journal(tmp_path / NAME)
    try:
        code, said = settled(freckle, folder, "-o", tmp_path)
        assert (code, "Another freckle" in said) == (4, True)
    finally:
        held.close()
    assert settled(freckle, folder / "notes.txt", "-o", tmp_path)[0] == 5
    assert settled(freckle, folder / "no.jpg", "-o", tmp_path)[0] == 5
    (tmp_path / "none").mkdir()
    assert settled(freckle, tmp_path / "none", "-o", tmp_path)[0] == 3
    assert settled(freckle, folder, "-o", folder / "0.jpg")[0] == 4
