"""What a portrait shows: faces, regions, skin, spots."""
