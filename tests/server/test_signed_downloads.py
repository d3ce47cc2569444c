"""Downloads that say how they came about: in a plain line, and in signed Content Credentials."""

import io
import json
import zipfile
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest

from freckle.codec import load_bytes
from freckle.codec.credentials import Signing
from freckle.errors import OutputError
from freckle.recipe.recipe import Recipe
from freckle.server import downloads
from freckle.server.export_task import export
from freckle.server.house import House
from freckle.server.store import StoredProject
from freckle.server.wire import ExportRequest
from freckle.studio.studio import Studio
from tests.certificates import signing_of
from tests.server.serving import make_jpeg


@pytest.fixture(scope="module")
def signing(tmp_path_factory: pytest.TempPathFactory) -> Signing:
    pytest.importorskip("c2pa")
    found = signing_of(tmp_path_factory.mktemp("signing"))
    assert found is not None
    return found


def written(folder: Path, signing: Signing | None, **asked: Any) -> bytes:
    """Return what a worker writes of a gray photo."""
    photo = folder / "original"
    photo.write_bytes(make_jpeg())
    head = {
        "recipe": Recipe(),
        "options": ExportRequest(**asked).model_dump(),
        "target": str(folder / f"{'0' * 64}-{'1' * 64}"),
        "path": str(photo),
        "title": "anna.jpg",
    }
    if signing is not None:
        head["signing"] = [each.decode("latin-1") for each in (signing.chain, signing.key)]
    answer = export(Studio.open(photo.read_bytes()), head, lambda: False)
    return Path(answer.head["written"]).read_bytes()


def story(data: bytes, media: str = "image/jpeg") -> dict[str, Any]:
    c2pa = pytest.importorskip("c2pa")
    with c2pa.Reader(media, io.BytesIO(data)) as reader:
        told = json.loads(reader.json())
    assert told["validation_state"] == "Valid"
    return cast("dict[str, Any]", told["manifests"][told["active_manifest"]])


def test_a_worker_signs_a_download_with_the_original_as_its_parent(
    signing: Signing, tmp_path: Path
) -> None:
    assert signing.name == "Anna"
    (parent,) = story(written(tmp_path, signing, format="jpeg", sign=True))["ingredients"]
    assert (parent["relationship"], parent["title"]) == ("parentOf", "anna.jpg")
    with pytest.raises(OutputError, match="cannot be signed"):
        written(tmp_path, signing, format="pdf", sign=True)


def test_several_files_are_signed_one_by_one(signing: Signing, tmp_path: Path) -> None:
    made = written(tmp_path, signing, presets=["avatar", "email"], sign=True)
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        files = [archive.read(name) for name in archive.namelist()]
    assert len(files) == 2
    assert all(story(data)["ingredients"] for data in files)


def test_a_plain_line_needs_no_certificate(tmp_path: Path) -> None:
    xmp = load_bytes(written(tmp_path, None, format="png", disclose=True)).metadata.xmp
    assert xmp is not None
    assert b"not retouched" in xmp
    silent = load_bytes(written(tmp_path, None, format="png")).metadata.xmp
    assert silent is None or b"not retouched" not in silent


def test_without_a_certificate_nobody_signs(signing: Signing) -> None:
    def house(found: Signing | None) -> House:
        return cast("House", SimpleNamespace(settings=SimpleNamespace(signing=found)))

    asked = ExportRequest(sign=True)
    assert downloads._signing(house(None), ExportRequest()) is None
    assert downloads._signing(house(signing), ExportRequest()) is None, "unless asked for"
    assert downloads._signing(house(signing), asked) is signing
    with pytest.raises(OutputError, match="no certificate"):
        downloads._signing(house(None), asked)


def test_another_certificate_signs_another_file(signing: Signing) -> None:
    photo = SimpleNamespace(digest="0" * 64)
    stored = cast("StoredProject", SimpleNamespace(photo=photo, recipe={}, name="anna.jpg"))

    def name(found: Signing, request: ExportRequest) -> str:
        here = cast("House", SimpleNamespace(settings=SimpleNamespace(signing=found)))
        return downloads._name(here, stored, request)

    other, asked = Signing(signing.chain + b"\n", signing.key), ExportRequest(sign=True)
    assert name(signing, asked) != name(other, asked)
    assert name(signing, ExportRequest()) == name(other, ExportRequest())
