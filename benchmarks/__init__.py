"""Measures of the application in a real browser."""
