"""Many photos: which, how, where to, and what came of each."""
