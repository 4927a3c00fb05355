"""Planning a roster import: from the rows of a file and what is known, to what acts would then do.

Nothing here reads or writes the database. A plan is a pure function of the file, of what is known, and of the
answers given so far; so it can be shown, questioned and made again before anything is applied.
"""
