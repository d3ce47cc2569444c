"""Makeup: where it lies, what it does to color and light, and what it must never touch."""
