"""Arithmetic on arrays of pixels that knows nothing of faces or files."""
