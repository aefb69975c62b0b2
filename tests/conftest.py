"""Shared by all tests: nothing yet but the place."""
