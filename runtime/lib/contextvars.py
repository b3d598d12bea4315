"""Variables whose value depends on the context that code runs in (PEP 567)."""

from _contextvars import Context, ContextVar, Token, copy_context

__all__ = ("Context", "ContextVar", "Token", "copy_context")
