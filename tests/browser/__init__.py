"""The editor in a real browser."""
