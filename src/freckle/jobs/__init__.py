"""Slow work as values: what is to be done, and engines that do it elsewhere."""
