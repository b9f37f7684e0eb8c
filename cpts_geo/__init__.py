"""Territories of CPTS: their communes, their size class and their offer of care."""
