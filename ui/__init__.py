"""The window, the tray icon and the sign on the screen: one Qt process that sees only messages of the engine."""
