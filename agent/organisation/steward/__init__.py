"""Makes keys, signs policies, opens batches."""
