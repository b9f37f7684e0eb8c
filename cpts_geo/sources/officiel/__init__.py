"""Newer editions, as their producers publish them."""
