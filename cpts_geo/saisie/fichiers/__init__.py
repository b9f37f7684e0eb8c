"""Every kind of file that people bring, looked through, decoded and read as rows of texts."""
