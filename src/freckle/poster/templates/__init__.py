"""The layouts that posters are made from, a function each."""
