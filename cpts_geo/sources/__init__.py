"""Raw public files in, the project's own bundle out: one module per source, then `construction`."""
