"""How many examples a rule is tried on: the quick run of each change, the whole, and one that takes its time.

None has a deadline: a machine that does two things at once is late without any fault of the code.
"""

from hypothesis import settings

settings.register_profile("long", deadline=None)
settings.register_profile("complet", deadline=None, max_examples=50)
settings.register_profile("rapide", deadline=None, max_examples=15)
settings.load_profile("complet")
