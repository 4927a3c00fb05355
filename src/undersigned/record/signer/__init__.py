"""The signer: the log's key and its own memory of what it signed last (specification, section 5).

It knows no database and no web framework, so that it can run as another user or on another machine: whoever owns the
database can stop the record, and still cannot make it lie unnoticed.
"""
