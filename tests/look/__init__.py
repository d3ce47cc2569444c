"""Tests of `freckle.look`."""
