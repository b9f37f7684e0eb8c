"""Parts of the page carte."""
