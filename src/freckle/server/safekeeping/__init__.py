"""Backups of a server's data, and how they are put back: whole, checked, or not at all."""
