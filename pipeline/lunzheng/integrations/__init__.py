"""Maps inside the libraries that people already use."""
