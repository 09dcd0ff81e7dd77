"""Holds the second key, lets batches be opened one by one, and checks offline what was agreed and sent."""
