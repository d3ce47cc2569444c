"""Portrait retouching that keeps skin looking like skin."""
