"""What pages show, as HTML."""
