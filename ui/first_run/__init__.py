"""The six screens of the question, in a fixed order. Closing any of them is a no."""
