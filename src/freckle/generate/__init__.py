"""Image generators behind one interface: pictures from words, from a picture, after a reference."""
