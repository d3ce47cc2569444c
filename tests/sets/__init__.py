"""Tests of sets: heads, sizes, consent, people."""
