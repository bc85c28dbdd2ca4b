"""Argument mining for Chinese: articles in, maps of claims, evidence and causes out."""

__version__ = "0.1.0"
