"""The scripts for other programs parse, ask for the right thing, and replace nothing unasked."""

import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path
from types import ModuleType
from typing import Any
from unittest.mock import MagicMock

import pytest

ROOT = Path(__file__).parents[2] / "integrations"
LUA = shutil.which("lua5.4") or shutil.which("lua5.3") or shutil.which("lua")
PROGRAM = """#!/bin/sh
# plays freckle: writes what it was called with, and ends as told
echo "$0|$@" > "$PLAYED"
[ "$CODE" = 0 ] || exit "$CODE"
while [ $# -gt 1 ]; do [ "$1" != --output ] || printf retouched > "$2"; shift; done
"""
DARKTABLE = """
-- plays darktable: one photo is exported, and what is asked for is written down
local folder, lua = arg[1], arg[2]
local stores, read = {}, { command = folder .. "/freckle", preset = "natural" }
local dt = { preferences = {}, control = {}, database = {} }
function dt.preferences.register() end
function dt.preferences.read(_, name) return read[name] end
function dt.register_storage(name, _, store, finish, supported)
  stores[name] = { store = store, finish = finish, supported = supported }
end
function dt.control.execute(line)
  local _, _, code = os.execute(line)
  return code
end
function dt.database.import(path)
  print("imported " .. path)
  return { group_with = function(_, image) print("grouped with " .. image.filename) end }
end
function dt.print(text) print(text) end
dt.print_error = dt.print
package.loaded.darktable = dt
dofile(lua)
for _, store in pairs(stores) do
  assert(store.supported(nil, { mime = "image/tiff" }))
  assert(not store.supported(nil, { mime = "application/pdf" }))
end
local photo = { path = folder, filename = "it's one.raw" }
stores[arg[3]].finish(nil, { [photo] = folder .. "/exported $x.tif" })
"""


@pytest.fixture(autouse=True)
def _program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "freckle"
    path.write_text(PROGRAM)
    path.chmod(0o755)
    monkeypatch.setenv("FRECKLE", str(path))
    monkeypatch.setenv("PLAYED", str(tmp_path / "played"))
    monkeypatch.setenv("CODE", "0")


def played(folder: Path) -> str:
    return (folder / "played").read_text().partition("|")[2].strip()


def edit(*words: object, folder: Path) -> int:
    command = ["sh", ROOT / "edit" / "freckle-edit", *words]
    return subprocess.run(command, cwd=folder, check=False, stderr=subprocess.DEVNULL).returncode


@pytest.mark.skipif(os.name == "nt", reason="a script for shells")
def test_a_result_lies_beside_the_file_under_a_name_that_is_free(
    tmp_path: Path,
) -> None:
    photo = tmp_path / "-my photo.tif"
    photo.write_text("original")
    assert edit(photo.name, folder=tmp_path) == 0
    assert edit(photo, folder=tmp_path) == 0
    assert photo.read_text() == "original"
    assert (tmp_path / "-my photo-freckle.tif").read_text() == "retouched"
    assert (tmp_path / "-my photo-freckle-2.tif").read_text() == "retouched"
    assert edit("absent.tif", folder=tmp_path) == 2


@pytest.mark.skipif(os.name == "nt", reason="a script for shells")
def test_a_copy_is_replaced_only_after_done(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    photo = tmp_path / "copy.tif"
    photo.write_text("original")
    for code in (1, 3):
        monkeypatch.setenv("CODE", str(code))
        assert edit("--replace", photo, folder=tmp_path) == code
        assert photo.read_text() == "original"
    monkeypatch.setenv("CODE", "0")
    assert edit("--replace", photo, folder=tmp_path) == 0
    assert photo.read_text() == "retouched"
    assert sorted(each.name for each in tmp_path.iterdir()) == ["copy.tif", "freckle", "played"]


@pytest.mark.skipif(LUA is None, reason="there is no Lua on this machine")
@pytest.mark.parametrize("target", ["freckle_edit", "freckle_retouch"])
def test_darktable_takes_the_result_in_and_groups_it(
    tmp_path: Path, target: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    player = tmp_path / "player.lua"
    player.write_text(DARKTABLE)
    exported = tmp_path / "exported $x.tif"

    def run() -> str:
        exported.write_text("exported")
        command = [str(LUA), player, tmp_path, ROOT / "darktable" / "freckle.lua", target]
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout

    result = tmp_path / "it's one-freckle.tif"
    assert run().splitlines() == [
        f"imported {result}",
        "grouped with it's one.raw",
        "freckle: 1 photo(s) retouched",
    ]
    assert result.read_text() == "retouched"
    assert not exported.exists()
    assert played(tmp_path).startswith(target.removeprefix("freckle_"))
    monkeypatch.setenv("CODE", "1")
    assert run() == "freckle: 0 photo(s) retouched\n"
    monkeypatch.setenv("CODE", "3")
    assert "failed with exit code 3" in run()


def test_darktables_script_parses() -> None:
    ast = pytest.importorskip("luaparser.ast")
    ast.parse((ROOT / "darktable" / "freckle.lua").read_text(encoding="utf-8"))


@pytest.fixture
def gimp(monkeypatch: pytest.MonkeyPatch) -> Any:
    """The plug-in, loaded with a stand-in for GIMP's bindings."""
    bindings = MagicMock()
    bindings.Gimp.PlugIn = type("PlugIn", (), {"__gtype__": "type"})
    gi, repository = ModuleType("gi"), ModuleType("gi.repository")
    gi.require_version = lambda *_: None  # type: ignore[attr-defined]
    for name in ("Gimp", "Gio", "GLib"):
        setattr(repository, name, getattr(bindings, name))
    bindings.Gio.File.new_for_path = Path
    bindings.Gimp.file_save = lambda *given: given[2].write_text("visible")
    monkeypatch.setitem(sys.modules, "gi", gi)
    monkeypatch.setitem(sys.modules, "gi.repository", repository)
    found = importlib.util.spec_from_file_location(
        "freckle_gimp", ROOT / "gimp" / "freckle" / "freckle.py"
    )
    assert found is not None
    assert found.loader is not None
    module = importlib.util.module_from_spec(found)
    found.loader.exec_module(module)
    bindings.Gimp.main.assert_called_once_with("type", sys.argv)
    module.bindings = bindings  # type: ignore[attr-defined]
    return module


def test_gimp_gets_the_result_as_a_layer_and_nothing_when_cancelled(
    gimp: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    loaded: list[str] = []
    gimp.Gimp.file_load_layer = lambda *given: loaded.append(given[2].read_text()) or MagicMock()
    plugin, image = gimp.Freckle(), MagicMock()
    for name, words in zip(plugin.do_query_procedures(), ("edit", "retouch"), strict=True):
        plugin.do_create_procedure(name)
        procedure = MagicMock()
        procedure.get_name.return_value = name
        plugin.run(procedure, None, image, [], None, None)
        assert played(tmp_path).startswith(words)
    assert loaded == ["retouched", "retouched"]
    assert image.insert_layer.call_count == image.undo_group_end.call_count == 2
    monkeypatch.setenv("CODE", "1")
    plugin.run(procedure, None, image, [], None, None)
    status = gimp.Gimp.PDBStatusType
    assert procedure.new_return_values.call_args.args[0] is status.CANCEL
    assert image.insert_layer.call_count == 2
