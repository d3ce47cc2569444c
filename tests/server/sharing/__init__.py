"""Share links over HTTP."""
