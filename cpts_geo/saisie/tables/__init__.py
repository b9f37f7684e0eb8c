"""What a table that people bring says: its headings, its columns, its lines and its territories."""
