"""Inputs: paths to sources, one per article, and documents that say what could not be read."""

from lunzheng.inputs.find import find_inputs
from lunzheng.inputs.load import DocumentStream, load_documents
from lunzheng.inputs.read import Unreadable, read_sources

__all__ = ["DocumentStream", "Unreadable", "find_inputs", "load_documents", "read_sources"]
