"""Words become looks."""
