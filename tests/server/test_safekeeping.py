"""Backup, wipe, restore: everything as before, to the byte; what is broken is not put back."""

import hashlib
import io
import os
import sqlite3
import tarfile
import threading
from collections.abc import Iterator
from contextlib import redirect_stdout
from pathlib import Path

import httpx
import pytest
from sqlalchemy import create_engine, select

from freckle.cli.main import main
from freckle.server.safekeeping import backup as taking
from freckle.server.settings import Settings
from freckle.server.tables import METADATA
from freckle.studio.recipes import NOTHING
from tests.server.conftest import started
from tests.server.postgres import database, opened
from tests.server.serving import Running, make_jpeg, upload

SMOOTH = {"steps": [{"edit": {"op": "smooth", "version": 1, "amount": 30}}]}


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("safe")


@pytest.fixture(scope="module")
def live(home: Path) -> Iterator[Running]:
    with started(Settings(folder=home / "data", workers=1, eager=False)) as running:
        yield running


@pytest.fixture(scope="module")
def kept(live: Running, home: Path) -> Path:
    """A backup of a server that runs: three people, photos, edits, a finished file."""
    with live.client() as anna, live.client() as ben:
        for seed, client in ((80, anna), (81, anna), (80, ben)):
            photo = upload(client, make_jpeg(seed, 64, 48), f"{seed} é.jpg").json()["id"]
            project = client.post("/api/projects", json={"photo": photo}).json()["id"]
            for base, recipe in enumerate((SMOOTH, NOTHING)):
                step = {"base": base, "label": f"Step {base} ‘é’", "recipe": recipe}
                client.post(f"/api/projects/{project}/history", json=step).raise_for_status()
            client.post(f"/api/projects/{project}/export", json={}).raise_for_status()
            shown = {"projects": [project], "guest": "Gina", "terms": {}}
            client.post("/api/shares", json=shown).raise_for_status()
    target = home / "first.tar"
    with target.with_suffix(".txt").open("w", encoding="utf-8") as said, redirect_stdout(said):
        assert main(["backup", str(home / "data"), "-o", str(target)]) == 0
    return target


def rows(folder: Path) -> dict[str, list[tuple[object, ...]]]:
    """All rows of a data folder's database."""
    engine = create_engine(f"sqlite+pysqlite:///{folder / 'freckle.sqlite'}")
    with engine.connect() as connection:
        found = {
            table.name: [tuple(row) for row in connection.execute(select(table))]
            for table in METADATA.sorted_tables
        }
    engine.dispose()
    return found


def files(folder: Path) -> dict[str, str]:
    """The hashes of everything else in it."""
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for place in ("originals", "exports", "thumbs")
        for path in (folder / place).rglob("*")
        if path.is_file()
    }


def test_backup_wipe_restore_is_as_before(
    live: Running, kept: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    folder = live.settings.folder
    assert kept.stat().st_mode & 0o777 == 0o600
    assert main(["restore", str(kept), str(tmp_path / "again")]) == 0
    receipt = capsys.readouterr().out.splitlines()[1:]
    counts = {kind: int(count) for kind, count, _ in map(str.split, receipt)}
    assert counts == {"photos": 3, "projects": 3, "history": 9, "sets": 0, "links": 3, "people": 3}
    assert receipt == kept.with_suffix(".txt").read_text(encoding="utf-8").splitlines()[1:]
    assert rows(tmp_path / "again") == rows(folder)
    assert files(tmp_path / "again") == files(folder)
    assert len(rows(folder)["revisions"]) == 9
    original = next((tmp_path / "again" / "originals").rglob("?" * 64))
    assert original.stat().st_mode & 0o777 == 0o444
    assert (tmp_path / "again" / "freckle.sqlite").stat().st_mode & 0o077 == 0
    assert [path.name for path in tmp_path.iterdir()] == ["again"]


def test_what_is_restored_is_served(kept: Path, tmp_path: Path):
    assert main(["restore", str(kept), str(tmp_path), "-q"]) == 0  # an empty folder is a place, too
    with started(Settings(folder=tmp_path, workers=1, eager=False)) as running:
        people = [str(row[0]) for row in rows(tmp_path)["users"]]
        projects = 0
        for user in people:
            member = running.house.store.member(user)
            assert member
            with running.client(member) as client:
                for project in client.get("/api/projects").json():
                    history = client.get(f"/api/projects/{project['id']}/history").json()
                    labels = [entry["label"] for entry in history]
                    assert labels == ["Opened", "Step 0 ‘é’", "Step 1 ‘é’"]
                    exported = client.post(f"/api/projects/{project['id']}/export", json={})
                    assert exported.status_code == 200
                    projects += 1
        assert projects == 3


def test_a_backup_is_one_moment_while_others_write(live: Running, home: Path, tmp_path: Path):
    stop = threading.Event()
    saved: list[int] = []

    def write(client: httpx.Client, project: str) -> None:
        base = 0
        while not stop.is_set():
            step = {"base": base, "label": "x", "recipe": SMOOTH}
            client.post(f"/api/projects/{project}/history", json=step).raise_for_status()
            base += 1
        saved.append(base)

    with live.client() as client:
        photo = upload(client, make_jpeg(82, 64, 48)).json()["id"]
        project = client.post("/api/projects", json={"photo": photo}).json()["id"]
        writer = threading.Thread(target=write, args=(client, project))
        writer.start()
        try:
            for k in range(3):
                assert main(["backup", str(home / "data"), "-o", str(tmp_path / f"{k}.tar")]) == 0
        finally:
            stop.set()
            writer.join()
    counts = []
    for k in range(3):
        assert main(["restore", str(tmp_path / f"{k}.tar"), str(tmp_path / str(k))]) == 0
        with sqlite3.connect(tmp_path / str(k) / "freckle.sqlite") as connection:
            newest, count = connection.execute(
                "SELECT p.revision, (SELECT COUNT(*) FROM revisions r WHERE r.picture = p.id)"
                " FROM pictures p WHERE p.project = ?",
                (project,),
            ).fetchone()
        assert count == newest + 1
        counts.append(count)
    assert counts == sorted(counts)
    assert counts[-1] <= saved[0] + 1


def test_restore_refuses_a_place_that_is_in_use(
    kept: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "notes.txt").write_text("keep")
    assert main(["restore", str(kept), str(tmp_path / "mine")]) == 4
    assert "'mine' is not empty." in capsys.readouterr().err
    assert [p.name for p in (tmp_path / "mine").iterdir()] == ["notes.txt"]
    assert main(["restore", str(kept), str(tmp_path / "mine" / "notes.txt")]) == 4
    assert "is a file" in capsys.readouterr().err


def changed(data: bytes, name: str) -> bytes:
    """A backup in which one byte of a file is another."""
    with tarfile.open(fileobj=io.BytesIO(data)) as tar:
        member = next(m for m in tar if m.name.startswith(name))
        at = member.offset_data + member.size // 2
    return data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]


def with_member(data: bytes, name: str, kind: bytes = tarfile.REGTYPE) -> bytes:
    """A backup with one member more, before all others."""
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode="w") as out, tarfile.open(fileobj=io.BytesIO(data)) as tar:
        info = tarfile.TarInfo(name)
        info.type, info.linkname = kind, "/etc/passwd"
        out.addfile(info)
        for member in tar:
            out.addfile(member, tar.extractfile(member))
    return made.getvalue()


@pytest.mark.parametrize(
    ("spoil", "sentence"),
    [
        (lambda data: changed(data, "originals/"), "has changed since it was written"),
        (lambda data: changed(data, "exports/"), "has changed since it was written"),
        (lambda data: changed(data, "freckle.sqlite"), "has changed since it was written"),
        (lambda data: changed(data, "manifest.json"), "backup"),
        (lambda data: data[: len(data) // 2], "no whole backup"),
        (lambda data: data[:-20_000], "no whole backup"),
        (lambda _: b"", "no whole backup"),
        (lambda _: b"not a tar" * 1000, "no whole backup"),
        (lambda data: with_member(data, "../outside"), "no whole backup"),
        (lambda data: with_member(data, "/etc/outside"), "no whole backup"),
        (lambda data: with_member(data, "originals/aa/../../../x"), "no whole backup"),
        (lambda data: with_member(data, "exports/x", tarfile.SYMTYPE), "no whole backup"),
        (lambda data: with_member(data, "freckle.sqlite"), "no whole backup"),
    ],
)
def test_a_broken_backup_leaves_nothing(
    kept: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    spoil: object,
    sentence: str,
):
    broken = tmp_path / "broken.tar"
    broken.write_bytes(spoil(kept.read_bytes()))  # type: ignore[operator]
    assert main(["restore", str(broken), str(tmp_path / "again")]) == 3
    assert sentence in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["broken.tar"]


def test_lost_and_damaged_originals_are_said_and_the_rest_is_kept(
    kept: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    data, target = tmp_path / "data", tmp_path / "second.tar"
    assert main(["restore", str(kept), str(data)]) == 0
    lost, damaged = sorted((data / "originals").rglob("?" * 64))[:2]
    lost.unlink()
    damaged.chmod(0o600)
    damaged.write_bytes(damaged.read_bytes()[:-1])
    assert main(["backup", str(data), "-o", str(target)]) == 5
    said = capsys.readouterr().err
    assert lost.name[:12] in said
    assert damaged.name[:12] in said
    assert main(["restore", str(target), str(tmp_path / "again")]) == 0
    assert lost.name[:12] in capsys.readouterr().err
    assert rows(tmp_path / "again") == rows(data)
    assert files(tmp_path / "again") == files(data)


def test_a_backup_is_written_whole_or_not_at_all(
    live: Running, kept: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    folder, target = str(live.settings.folder), tmp_path / "b.tar"
    target.write_bytes(b"the one of yesterday")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(taking.Writer, "close", full)
        assert main(["backup", folder, "-o", str(target)]) == 4
    assert target.read_bytes() == b"the one of yesterday"
    assert [path.name for path in tmp_path.iterdir()] == ["b.tar"]
    assert main(["backup", folder, "-o", str(target), "-q"]) == 0
    assert tarfile.is_tarfile(target)
    assert main(["backup", str(tmp_path), "-o", str(target)]) == 4  # no data folder
    assert main(["backup", folder, "-o", str(tmp_path / "no" / "b.tar")]) == 4
    assert kept.exists()


def test_postgresql_and_a_file_hand_over_to_each_other(
    kept: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    pytest.importorskip("pg8000")
    address = database()
    first, second = tmp_path / "first", tmp_path / "second"
    opened(address).close()
    assert main(["restore", str(kept), str(first), "--database", address]) == 4
    assert "not empty" in capsys.readouterr().err
    assert not first.exists()
    engine = create_engine(address.replace("postgresql:", "postgresql+pg8000:"))
    with engine.begin() as connection:
        connection.exec_driver_sql("DROP SCHEMA public CASCADE")
        connection.exec_driver_sql("CREATE SCHEMA public")
    engine.dispose()
    assert main(["restore", str(kept), str(first), "--database", address]) == 0
    assert not (first / "freckle.sqlite").exists()
    there = tmp_path / "there.tar"
    receipt = kept.with_suffix(".txt").read_text(encoding="utf-8").splitlines()[1:]
    assert capsys.readouterr().out.splitlines()[1:] == receipt
    assert main(["backup", str(first), "-o", str(there), "--database", address]) == 0
    assert main(["restore", str(there), str(second)]) == 0
    assert main(["restore", str(kept), str(tmp_path / "direct")]) == 0
    assert {k: sorted(map(repr, v)) for k, v in rows(second).items()} == {
        k: sorted(map(repr, v)) for k, v in rows(tmp_path / "direct").items()
    }
    assert files(second) == files(tmp_path / "direct")
    store = opened(address)
    store.failed("anna", "203.0.113.1")  # PostgreSQL counts on
    store.close()


def test_nobody_is_named_in_the_archives_own_words(kept: Path):
    with tarfile.open(kept) as tar:
        members = tar.getmembers()
    assert {m.uname + m.gname for m in members} == {""}
    assert {m.uid for m in members} == {0}
    assert members[-1].name == "manifest.json"
    assert all(os.sep + ".." not in m.name for m in members)
