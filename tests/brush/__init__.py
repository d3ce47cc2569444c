"""Masks painted by hand, and the tools that work by hand."""
