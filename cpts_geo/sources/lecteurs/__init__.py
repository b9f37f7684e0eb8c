"""One reader by raw source."""
