"""Proof of what a retouch changed: figures for people and programs, and pictures."""
