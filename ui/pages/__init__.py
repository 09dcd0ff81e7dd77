"""One file per page of the window; each is a Page."""
