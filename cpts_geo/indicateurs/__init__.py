"""Indicators: what is declared, and what it is worth over any communes."""
