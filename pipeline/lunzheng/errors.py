"""Every error that the package raises on purpose, under one root."""

from __future__ import annotations


class LunzhengError(Exception):
    """Root of all errors that a user can do something about; the message says what."""


class InputError(LunzhengError):
    """An input file or text that cannot be read as an article."""


class ModelError(LunzhengError):
    """A model folder that is missing, damaged or not of this project."""


class ConfigError(LunzhengError):
    """A configuration value that is unknown, missing or out of range."""


class CorpusError(LunzhengError):
    """A labelled article that breaks the mark-up or the guidelines."""


class DependencyError(LunzhengError):
    """An optional package or model that a chosen backend needs is absent."""


class PipelineError(LunzhengError):
    """Stages that do not fit together in the given order."""
