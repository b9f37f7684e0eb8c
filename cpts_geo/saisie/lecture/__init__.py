"""What one line of a list may mean."""
