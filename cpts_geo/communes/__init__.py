"""Communes of France: their names and zones, their neighbours, their contours."""
