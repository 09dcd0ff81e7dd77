"""Wiring and lifecycle of the engine process: the only package that starts threads and processes.

The window starts it as a child and talks JSON lines with it over the inherited stdin and stdout. The end of stdin
is the end of capture.
"""
