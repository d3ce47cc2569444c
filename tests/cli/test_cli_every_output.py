"""No output of any command takes the place of anything that it reads, by whatever name."""

import itertools
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

Freckle = Callable[..., tuple[int, str, str]]
RECIPE = '{"steps":[{"edit":{"op":"smooth","version":1,"amount":30}}]}'
OUTPUTS = {
    "look": "look moody {in} -o {x}",
    "look's recipe": "look moody {in} -o {to}/o.jpg --recipe-out {x}",
    "look's table": "look moody {in} -o {to}/o.jpg --cube {x}",
    "look after a picture": "look {in} --reference {other} -o {x}",
    "id": "id {in} -o {x} --country us",
    "id's report": "id {in} -o {to}/o.png --country us --report {x}",
    "background": "background {in} -o {x} --color #ffffff",
    "background's matte": "background {in} -o {to}/o.png --color #ffffff --matte {x}",
    "background of a picture": "background {in} -o {x} --image {other}",
    "upscale": "upscale {in} -o {x}",
    "mask export": "mask export {in} --recipe {recipe} --step 1 -o {x}",
    "mask import": "mask import {other} --recipe {recipe} --step 1 -o {x}",
    "presets import": "presets import {preset} -o {x}",
    "style guide": "style guide {in} -o {x}",
    "style learn": "style learn {in} {other} -o {x}",
    "poster": "poster launch --portrait {in} --recipe {recipe} -o {x}",
    "poster's own": "poster launch --portrait {in} --recipe {recipe} -o {to}/p.png --save {x}",
}
READ = ("in", "other", "recipe", "preset")
CASES = [
    (name, read, way)
    for (name, line), read, way in itertools.product(
        OUTPUTS.items(), READ, ("itself", "hard link", "link")
    )
    if f"{{{read}}}" in line
]


@pytest.mark.parametrize(("name", "read", "way"), CASES)
def test_nothing_that_is_read_is_written_to(
    freckle: Freckle, tmp_path: Path, name: str, read: str, way: str
) -> None:
    given = {each: tmp_path / f"{each}.jpg" for each in ("in", "other")}
    for path in given.values():
        Image.new("RGB", (64, 48)).save(path)
    given |= {"recipe": tmp_path / "r.json", "preset": tmp_path / "p.cube"}
    given["recipe"].write_text(RECIPE, "utf-8")
    given["preset"].write_text("LUT_3D_SIZE 2\n" + "0 0 0\n" * 8, "utf-8")
    taken, target = given[read], given[read]
    if way != "itself":
        target = tmp_path / f"l{taken.suffix}"
        (os.link if way == "hard link" else os.symlink)(taken, target)
    before = {path: path.read_bytes() for path in given.values()}
    words = OUTPUTS[name].format(**given, to=tmp_path / "to", x=target).split()
    (tmp_path / "to").mkdir()
    code, _, said = freckle(*words)
    assert (code in (2, 4), said.count("\n")) == (True, 1), said
    assert {path: path.read_bytes() for path in before} == before
    assert list((tmp_path / "to").iterdir()) == []
