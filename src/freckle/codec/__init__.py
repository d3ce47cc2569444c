"""The one door in and the one door out for picture files."""
