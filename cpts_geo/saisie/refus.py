"""What people type or bring and that cannot be taken: one family, so that no page lets one through."""


class SaisieRefuseeError(ValueError):
    """It cannot be taken; the message, in French, says why."""
