"""Trees, notes, tiles, proofs and leaves of the record: pure functions over bytes.

Nothing here knows a database or a web framework, so that the auditor, the signer and the witness can run
where the rest of the product is not installed. Formats: RFC 6962 and the C2SP specifications.
"""
