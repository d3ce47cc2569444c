"""Posters: a portrait, words and shapes laid out for a size, drawn for screen and print alike."""
