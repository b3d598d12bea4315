"""Sizes of object graphs: see pympler.asizeof."""

__all__ = ['asizeof']
