"""A small profile of hypothesis: a mutant that few examples do not catch has to be told."""

from hypothesis import settings

settings.register_profile("mutants", max_examples=20, database=None, deadline=None)
