"""Argument maps in other shapes: a dataset, and a schema for those who read maps."""
