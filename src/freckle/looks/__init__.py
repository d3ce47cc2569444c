"""Looks from words: a lexicon as data, a grammar, and recipes that come of them."""
