"""Parts of the page rapport."""
