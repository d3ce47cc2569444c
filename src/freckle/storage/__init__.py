"""Bytes by name and by hash: in folders, and in object stores; nobody above asks which."""
