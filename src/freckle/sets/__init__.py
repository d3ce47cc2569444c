"""Sets of photos: heads that match, official sizes, consent, and who is the same person."""
