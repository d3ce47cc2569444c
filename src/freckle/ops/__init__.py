"""The tools of the catalogue, one idea per file."""
