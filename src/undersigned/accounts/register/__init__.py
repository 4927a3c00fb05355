"""Planning the import of a list of accounts: what a file says, set against what the register holds.

Nothing here writes. `guess` proposes what each column means, `plan` says what an import would do; a
person looks at both, and acts of the register then do it.
"""
