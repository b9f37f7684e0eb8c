"""The work people do, and how it is kept."""
