"""`import freckle`."""
