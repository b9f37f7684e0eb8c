"""What stops a build, said in French to whoever runs it."""


class ErreurSource(Exception):
    """A raw file is missing, altered, or does not say what it should."""
