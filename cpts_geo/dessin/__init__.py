"""Maps and charts as pictures."""
