"""Linking: strategies, sides, relations decoded together, and the map."""
