"""Reads of the register that are used more than once.

============  ==============================================================================
``posture``   what is known about the safety of accounts, and what it comes to
``listing``   the register as a list: filters, search, who looks after what
``looking``   one account as its page shows it
``verifying`` what the public is told about an address, and the public list
``chronicle`` what happened to official accounts, as the public is told
``auditing``  the report over all accounts
============  ==============================================================================
"""
