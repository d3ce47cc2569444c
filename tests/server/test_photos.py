"""Originals come in whole or not at all, and come out untouched."""

import hashlib
import io
import stat
import zlib
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import numpy as np
import pytest
import simplejpeg
from PIL import Image

from freckle.server.originals import Originals
from freckle.server.problems import WebError
from freckle.server.upload import receive_file
from tests.server.serving import Running, in_a_loop, make_jpeg, upload


def test_an_upload_is_kept_to_the_byte_and_read_only(running: Running, client: httpx.Client):
    data = make_jpeg(1)
    answer = upload(client, data, "Anna & Ben.jpg")
    assert answer.status_code == 201
    body = answer.json()
    assert body["id"] == hashlib.sha256(data).hexdigest()
    assert (body["width"], body["height"], body["format"]) == (640, 480, "jpeg")
    assert body["name"] == "Anna & Ben.jpg"
    path = running.house.originals.path(body["id"])
    assert path.read_bytes() == data
    assert stat.S_IMODE(path.stat().st_mode) == 0o444
    back = client.get(f"/api/photos/{body['id']}/original")
    assert back.content == data
    assert back.headers["x-content-type-options"] == "nosniff"
    assert back.headers["content-disposition"].startswith("attachment")
    assert not list((running.settings.folder / "incoming").iterdir())


def test_the_same_file_twice_is_one_photo(client: httpx.Client):
    first, second = (upload(client, make_jpeg(2)).json() for _ in range(2))
    assert first == second


def test_a_copy_under_another_name_is_called_by_its_own_name(client: httpx.Client):
    upload(client, make_jpeg(2), "client_A.jpg")
    photo = upload(client, make_jpeg(2), "client_B_final.jpg").json()
    assert photo["name"] == "client_B_final.jpg"


def test_two_users_share_bytes_but_not_rows(running: Running):
    with running.client() as anna, running.client() as ben:
        photo = upload(anna, make_jpeg(3)).json()["id"]
        assert ben.get(f"/api/photos/{photo}/original").status_code == 404
        upload(ben, make_jpeg(3), "mine.jpg")
        assert ben.get(f"/api/photos/{photo}").json()["name"] == "mine.jpg"
        assert anna.get(f"/api/photos/{photo}").json()["name"] == "portrait.jpg"


def test_a_thumbnail_has_the_size_asked_for(client: httpx.Client, photo: str):
    answer = client.get(f"/api/photos/{photo}/thumb", params={"size": 160})
    assert answer.headers["content-type"] == "image/jpeg"
    assert simplejpeg.decode_jpeg(answer.content).shape == (120, 160, 3)


def scan_bomb() -> bytes:
    """A progressive JPEG whose one scan is repeated thousands of times."""
    out = io.BytesIO()
    Image.fromarray(np.zeros((64, 64, 3), np.uint8)).save(out, "JPEG", progressive=True)
    data = out.getvalue()
    start = data.rindex(b"\xff\xda")
    return data[:start] + data[start:-2] * 3000 + data[-2:]


def png_bomb() -> bytes:
    """A PNG that says it has 30,000 × 30,000 pixels."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        crc = zlib.crc32(kind + body).to_bytes(4, "big")
        return len(body).to_bytes(4, "big") + kind + body + crc

    size = (30_000).to_bytes(4, "big")
    header = chunk(b"IHDR", size + size + b"\x08\x02\x00\x00\x00")
    rows = zlib.compress(bytes(3_000_000), 9)
    return b"\x89PNG\r\n\x1a\n" + header + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


BAD = {
    "empty": (b"", 422, "empty"),
    "text": (b"This is no picture.\n" * 50, 415, "not_an_image"),
    "page": (b"<!doctype html><script>alert(1)</script>", 415, "not_an_image"),
    "gif": (b"GIF89a" + bytes(200), 415, "type_not_accepted"),
    "truncated": (make_jpeg(4)[:20_000], 422, "incomplete"),
    "300 megapixels": (png_bomb(), 413, "too_many_pixels"),
    "too large": (bytes(4 << 20), 413, "too_large_file"),
}


@pytest.mark.parametrize("case", BAD)
def test_a_bad_upload_gets_its_own_message_and_leaves_nothing(
    running: Running, client: httpx.Client, case: str
):
    data, status, code = BAD[case]
    answer = upload(client, data, "x.jpg")
    body = answer.json()
    assert (answer.status_code, body["code"]) == (status, code)
    assert body["message"].endswith((".", "!"))
    assert body["remedy"]
    assert "/" not in body["message"].replace(" / ", "")
    assert not list((running.settings.folder / "incoming").iterdir())
    assert client.get("/api/version").status_code == 200


def test_a_scan_bomb_is_refused_at_once(client: httpx.Client):
    answer = upload(client, scan_bomb())
    assert answer.status_code in {413, 422}
    assert answer.elapsed.total_seconds() < 5
    assert client.get("/api/version").status_code == 200


def test_bad_uploads_have_different_messages(client: httpx.Client):
    messages = {upload(client, data).json()["message"] for data, _, _ in BAD.values()}
    assert len(messages) >= 5


def form(data: bytes) -> bytes:
    head = b'--b\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\n'
    return head + data + b"\r\n--b--\r\n"


def test_an_upload_without_length_is_refused_too(client: httpx.Client):
    headers = {"Content-Type": "multipart/form-data; boundary=b"}
    answer = client.post("/api/photos", content=iter([form(bytes(4 << 20))]), headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (413, "too_large_file")


def test_reading_stops_as_soon_as_it_is_too_much(tmp_path: Path):
    pieces = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal pieces
        yield form(b"")[:-9]
        while True:
            pieces += 1
            yield bytes(1 << 16)

    incoming = Originals(tmp_path).receive()
    with pytest.raises(WebError, match="larger than"):
        in_a_loop(receive_file(endless(), "multipart/form-data; boundary=b", incoming, 1 << 20))
    incoming.discard()
    assert pieces <= 18


@pytest.mark.parametrize("cut", [1, 7, 1000, 65536])
def test_a_body_in_any_pieces_is_the_same_file(tmp_path: Path, cut: int):
    data = make_jpeg(7)
    body = form(data)

    async def pieces() -> AsyncIterator[bytes]:
        for start in range(0, len(body), cut):
            yield body[start : start + cut]

    incoming = Originals(tmp_path).receive()
    in_a_loop(receive_file(pieces(), "multipart/form-data; boundary=b", incoming, 1 << 30))
    assert incoming.path.read_bytes() == data
    assert incoming.digest == hashlib.sha256(data).hexdigest()
    incoming.discard()


@pytest.mark.parametrize(
    "content_type", ["application/json", "multipart/form-data", "multipart/form-data; boundary=x"]
)
def test_an_upload_of_another_form_is_refused(client: httpx.Client, content_type: str):
    answer = client.post("/api/photos", content=b"abc", headers={"Content-Type": content_type})
    assert (answer.status_code, answer.json()["code"]) == (400, "bad_request")


@pytest.mark.parametrize("name", ["../../etc/passwd", "a\\b\\..\\c.jpg", "x\n\r.jpg", "é" * 400])
def test_file_names_are_only_data(client: httpx.Client, name: str):
    given = upload(client, make_jpeg(5), name).json()["name"]
    assert "/" not in given
    assert "\\" not in given
    assert given.isprintable()
    assert len(given) <= 255
