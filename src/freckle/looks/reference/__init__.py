"""Lend the direction of a reference picture: its color, mood, light and makeup."""
