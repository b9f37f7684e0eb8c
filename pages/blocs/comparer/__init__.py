"""Parts of the page comparer."""
