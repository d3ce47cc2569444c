"""Proof in numbers: quality on real faces with planted marks, speed in codec units, memory."""
