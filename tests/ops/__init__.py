"""Laws of the catalogue."""
