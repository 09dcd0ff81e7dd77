"""Takes sealed batches, stores them exactly as received, signs for them. Holds no key that opens anything."""
