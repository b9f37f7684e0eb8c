"""Parts of the page exporter."""
