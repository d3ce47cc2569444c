"""Settings for one person of several."""
