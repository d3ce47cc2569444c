"""Tests of the scripts for other programs."""
