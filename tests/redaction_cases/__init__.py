"""Made-up texts with values to be found, seeded, by the documented forms of each kind, and harmless ones."""
