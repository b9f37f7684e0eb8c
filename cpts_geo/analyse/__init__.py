"""What is said of a territory."""
