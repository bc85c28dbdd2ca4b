"""Argument maps in the formats of other tools, one module a format; :mod:`registry` lists them."""
