"""Where and how files are written: whole or not at all, never onto the original."""

import hashlib
import io
import os
import stat
import subprocess
import sys
import threading
from typing import get_args

import numpy as np
import pytest
from PIL import Image

from freckle.cli.parser import FORMATS
from freckle.codec import (
    SaveOptions,
    atomic_write,
    encode,
    load,
    load_bytes,
    same_file,
    save,
    versions,
)
from freckle.codec.formats import BY_NAME, WRITTEN
from freckle.errors import OutputError
from freckle.photo import Format
from tests.codec import specimens
from tests.codec.test_round_trip import photo


def test_save_writes_the_format_of_the_suffix(tmp_path):
    found = load_bytes(specimens.pil(specimens.scene(), "PNG"))
    for suffix, expected in {
        ".jpg": "jpeg", ".JPEG": "jpeg", ".png": "png", ".webp": "webp", ".tif": "tiff",
        ".TIFF": "tiff", ".avif": "avif", ".unknown": "png", "": "png",
    }.items():  # fmt: skip
        path = tmp_path / f"out{suffix}"
        save(found, path)
        assert load(path).source.format == expected


def test_format_asked_for_wins_over_the_suffix(tmp_path):
    path = tmp_path / "out.png"
    save(photo(specimens.scene()), path, SaveOptions(format="webp"))
    assert load(path).source.format == "webp"


def test_the_table_has_every_format_and_the_command_offers_those_written():
    assert set(BY_NAME) == set(get_args(Format))
    assert set(FORMATS) == {each.name for each in WRITTEN}


def test_raw_becomes_16_bit_tiff(tmp_path):
    found = photo(specimens.noise((8, 8, 3), np.uint16), file_format="raw")
    save(found, tmp_path / "out")
    again = load(tmp_path / "out")
    assert again.source.format == "tiff"
    assert again.pixels.dtype == np.uint16


def test_raw_is_not_written_and_the_way_out_is_named(tmp_path):
    with pytest.raises(OutputError, match=r"RAW.*\.jpg"):
        save(photo(specimens.scene()), tmp_path / "out", SaveOptions(format="raw"))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("quality", [-1, 101])
def test_quality_out_of_range(quality):
    with pytest.raises(OutputError, match="1 to 100"):
        encode(photo(specimens.scene()), SaveOptions(format="jpeg", quality=quality))


@pytest.mark.parametrize(("file_format", "side"), [("jpeg", 65_501), ("webp", 16_384)])
def test_picture_too_long_for_the_format(file_format, side):
    with pytest.raises(OutputError, match="pixels a side"):
        encode(photo(np.zeros((1, side, 3), np.uint8)), SaveOptions(format=file_format))


def test_original_keeps_its_bytes_and_its_time(tmp_path):
    path = tmp_path / "original.jpg"
    path.write_bytes(specimens.pil(specimens.scene(), "JPEG"))
    path.chmod(0o444)
    os.utime(path, ns=(10**18, 10**18 + 12_345_000))
    before = path.stat()
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    found = load(path)
    assert found.source.digest == digest
    save(found, tmp_path / "copy.jpg")
    after = path.stat()
    assert hashlib.sha256(path.read_bytes()).hexdigest() == digest
    assert (after.st_mtime_ns, after.st_ino, after.st_mode) == (
        before.st_mtime_ns, before.st_ino, before.st_mode,
    )  # fmt: skip


def test_same_file_sees_through_links(tmp_path):
    first = tmp_path / "a.jpg"
    first.write_bytes(b"a")
    link, hard, other = (tmp_path / name for name in ("link", "hard", "other"))
    link.symlink_to(first)
    hard.hardlink_to(first)
    other.write_bytes(b"a")
    assert same_file(first, link)
    assert same_file(first, hard)
    assert same_file(first, tmp_path / "." / "a.jpg")
    assert not same_file(first, other)
    assert not same_file(first, tmp_path / "absent")


def test_atomic_write_replaces_and_leaves_nothing_else(tmp_path):
    path = tmp_path / "out.bin"
    atomic_write(path, b"old")
    atomic_write(path, b"new")
    assert path.read_bytes() == b"new"
    assert list(tmp_path.iterdir()) == [path]


def test_written_file_has_the_user_s_usual_permissions(tmp_path):
    usual = tmp_path / "usual"
    usual.write_bytes(b"")
    atomic_write(tmp_path / "ours", b"")
    assert stat.S_IMODE((tmp_path / "ours").stat().st_mode) == stat.S_IMODE(usual.stat().st_mode)


@pytest.mark.parametrize("call", ["fsync", "replace"])
@pytest.mark.parametrize("error", [OSError(28, "No space left on device"), KeyboardInterrupt()])
def test_failure_leaves_the_old_file_and_no_rest(call, error, tmp_path, monkeypatch):
    path = tmp_path / "out.bin"
    path.write_bytes(b"old")

    def fail(*_, **__):
        raise error

    monkeypatch.setattr(os, call, fail)
    with pytest.raises(OutputError if isinstance(error, OSError) else KeyboardInterrupt) as caught:
        atomic_write(path, b"new" * 1000)
    monkeypatch.undo()
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]
    if isinstance(error, OSError):
        assert "No space left" in str(caught.value)
        assert str(tmp_path) not in str(caught.value)


def test_data_reaches_the_disk_before_the_name_and_the_name_before_the_end(tmp_path, monkeypatch):
    calls = []
    real_sync, real_replace = os.fsync, os.replace
    monkeypatch.setattr(os, "fsync", lambda fd: (
        calls.append("folder" if stat.S_ISDIR(os.fstat(fd).st_mode) else "file"), real_sync(fd)
    ))  # fmt: skip
    monkeypatch.setattr(os, "replace", lambda *a: (calls.append("rename"), real_replace(*a)))
    real_link = os.link
    monkeypatch.setattr(
        os, "link", lambda *a, **more: (real_link(*a, **more), calls.append("name"))
    )
    for way in (["name"], ["name", "rename"]):  # a fresh file, and one in the place of another
        calls.clear()
        atomic_write(tmp_path / "out", b"data")
        assert calls in (["file", *way, "folder"], ["file", "rename", "folder"])


@pytest.mark.parametrize("what", ["missing folder", "folder", "file as folder", "bad name"])
def test_impossible_targets(what, tmp_path):
    (tmp_path / "file").write_bytes(b"x")
    path = {
        "missing folder": tmp_path / "none" / "out.jpg",
        "folder": tmp_path,
        "file as folder": tmp_path / "file" / "out.jpg",
        "bad name": tmp_path / "a\0b",
    }[what]
    with pytest.raises(OutputError) as caught:
        atomic_write(path, b"data")
    assert caught.value.remedy
    assert [entry.name for entry in tmp_path.iterdir()] == ["file"]


@pytest.mark.parametrize("what", ["pipe", "link to a pipe", "device", "long name", "loop"])
def test_what_is_no_file_is_never_replaced(what, tmp_path):
    """Renaming over /dev/null would take it away from every program of the machine."""
    pipe, link, loop = (tmp_path / name for name in ("pipe", "link", "loop"))
    os.mkfifo(pipe)
    link.symlink_to(pipe)
    loop.symlink_to(loop)
    path = {
        "pipe": pipe,
        "link to a pipe": link,
        "device": link,
        "long name": tmp_path / ("x" * 300),
        "loop": loop,
    }[what]
    if what == "device":
        link.unlink()
        link.symlink_to(os.devnull)  # were it replaced, only the link would be
    kind, entries = os.lstat(pipe).st_mode, sorted(tmp_path.iterdir())
    with pytest.raises(OutputError):
        atomic_write(path, b"data")
    assert sorted(tmp_path.iterdir()) == entries
    assert (os.lstat(pipe).st_mode, stat.S_ISLNK(os.lstat(link).st_mode)) == (kind, True)


def test_link_stays_and_its_file_is_written(tmp_path):
    (tmp_path / "there").mkdir()
    (tmp_path / "there" / "real").write_bytes(b"old")
    (tmp_path / "link").symlink_to("there/real")
    atomic_write(tmp_path / "link", b"new")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "there" / "real").read_bytes() == b"new"
    assert [path.name for path in (tmp_path / "there").iterdir()] == ["real"]


def test_killed_while_writing_leaves_old_or_new(tmp_path):
    path = tmp_path / "out.bin"
    path.write_bytes(b"0" * 1_000_000)
    program = (
        "import sys, pathlib; from freckle.disk import atomic_write\n"
        "n = 0\n"
        "while True:\n"
        "    n = (n + 1) % 10; atomic_write(pathlib.Path(sys.argv[1]), b'%d' % n * 1000000)\n"
        "    print(n, flush=True)\n"
    )
    running = subprocess.Popen([sys.executable, "-c", program, str(path)], stdout=subprocess.PIPE)
    running.stdout.readline()
    threading.Event().wait(0.05)
    running.kill()
    running.communicate()
    content = path.read_bytes()
    assert len(content) == 1_000_000
    assert len(set(content)) == 1


def test_readers_elsewhere_understand_what_we_write():
    metadata = load_bytes(
        specimens.pil(
            specimens.scene(), "JPEG", exif=b"Exif\0\0" + specimens.exif(), dpi=(300, 300)
        )
    ).metadata
    profile = specimens.profile("Adobe RGB")
    full = photo(specimens.scene(), metadata=metadata, profile=profile)
    for file_format in ("jpeg", "png", "webp", "tiff", "avif"):
        with Image.open(io.BytesIO(encode(full, SaveOptions(format=file_format)))) as image:
            image.load()
            assert image.size == (64, 48)
            assert image.info["icc_profile"] == profile
            assert image.getexif()[0x010F].rstrip("\0") == "Freckle Works"
            if file_format in ("jpeg", "png", "tiff"):
                assert image.info["dpi"] == pytest.approx((300, 300), abs=0.02)


def test_versions_name_every_codec():
    found = versions()
    assert {"simplejpeg", "pillow", "tifffile", "imagecodecs", "pillow-heif", "rawpy"} <= set(found)
    assert all(found.values())
