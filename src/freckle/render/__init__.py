"""A photo, what was found in it, and a recipe make a photo."""
