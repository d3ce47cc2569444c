"""The rooms of the store: each keeps one kind of thing, and every query names who asks."""
