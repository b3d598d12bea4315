"""Addresses of resources."""
