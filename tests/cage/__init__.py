"""Tests of the cage in which files are decoded."""
