"""Files taken away."""
