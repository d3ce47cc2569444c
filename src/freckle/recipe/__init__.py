"""What the user wants, as data."""
