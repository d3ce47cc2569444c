"""Tests of slow work and its engines."""
