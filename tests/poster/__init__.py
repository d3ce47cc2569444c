"""Posters: data, templates, type, files."""
