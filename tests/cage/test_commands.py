"""No command can forget the cage: all have one but those that open nothing."""

import argparse

from freckle.cage import caged
from freckle.cage.kernel import LINUX
from freckle.cli.cage import around
from freckle.cli.parser import build_parser
from freckle.codec.opening import DOOR, open_here

WITHOUT = {"edit", "ops", "presets", "serve", "versions"}


def commands():
    ways = next(a for a in build_parser()._actions if isinstance(a, argparse._SubParsersAction))
    return {*ways.choices, "versions"}


def test_every_command_opens_pictures_in_a_cage_but_those_that_open_none():
    assert commands() >= {"retouch", "batch", "headshots", "mcp"} | WITHOUT
    for name in sorted(commands()):
        with around(name):
            assert (DOOR.opens is open_here) == (name in WITHOUT or not LINUX), name
        assert DOOR.opens is open_here, name


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
