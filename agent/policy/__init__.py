"""The organisation's signed file: the one table of its keys, reading, signing, and what it leaves of a consent."""
