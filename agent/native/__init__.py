"""All that touches the operating system, one module per system behind the Protocols of ``base``."""
