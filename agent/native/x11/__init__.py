"""Linux with an X11 session."""
