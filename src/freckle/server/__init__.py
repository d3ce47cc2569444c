"""The local web server: stores photos and edits, and draws live previews in worker processes."""
