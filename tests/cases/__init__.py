"""Pictures that once came out wrong."""
