"""Communes, contours and neighbours, from their sources."""
