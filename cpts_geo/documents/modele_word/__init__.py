"""Filling people's own Word template, apart from the rest: data go in, a document or a refusal comes out.

Nothing here loads the data of the app: these modules run in a process of their own, which must start at once.
"""
