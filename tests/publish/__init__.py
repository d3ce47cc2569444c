"""Publishing, against servers that keep to the protocols, in a process of their own."""
