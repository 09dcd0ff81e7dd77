"""The engine: one process without a window.

The way of a datum, one module per stage:
native (hooks) -> gate (admit or drop) -> assembly (keys to text) -> redaction -> buffer (encrypted)
-> review (the employee) -> seal (for named recipients) -> upload.
Nothing is imported here.
"""
