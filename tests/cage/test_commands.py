"""No command can forget the cage: all have one but those that open nothing."""

import argparse
import re
from importlib.util import find_spec
from pathlib import Path

from freckle.cage import caged
from freckle.cage.kernel import LINUX
from freckle.cli.cage import OPENING_NONE, around
from freckle.cli.parser import build_parser
from freckle.codec.opening import DOOR, open_here

OPENS = re.compile(r"\b(load|load_bytes|open_photo|freckle\.api)\b")
"""What a command names that opens a picture itself."""


def commands():
    ways = next(a for a in build_parser()._actions if isinstance(a, argparse._SubParsersAction))
    return {*ways.choices, "versions"}


def test_every_command_opens_pictures_in_a_cage_but_those_that_open_none():
    assert commands() - OPENING_NONE >= {"retouch", "batch", "headshots", "mcp", "style"}
    assert commands() > OPENING_NONE
    for name in sorted(commands()):
        with around(name):
            assert (DOOR.opens is open_here) == (name in OPENING_NONE or not LINUX), name
        assert DOOR.opens is open_here, name


def test_a_command_without_a_cage_names_nothing_that_opens_pictures():
    for name in sorted(OPENING_NONE):
        found = find_spec(f"freckle.cli.{name}")
        assert found is not None, name
        assert not OPENS.search(Path(found.origin).read_text("utf-8")), name
    assert OPENS.search(Path(find_spec("freckle.cli.retouch").origin).read_text("utf-8"))


def test_a_cage_within_a_cage_is_the_same_one_unless_its_limits_are_others():
    with caged():
        outer = DOOR.opens
        with around("retouch"):
            assert DOOR.opens == outer
        assert DOOR.opens == outer
        if LINUX:
            with caged(memory=1 << 32):
                assert DOOR.opens != outer
            assert DOOR.opens == outer
    assert DOOR.opens is open_here
