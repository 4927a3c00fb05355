"""What people fill in about accounts.

============== ====================================================================================
``fields``     fields of this room: an account, a network, a unit, somebody of the city, yes or no
``asking``     what all forms that call an act have in common
``entering``   requesting an account, and what is said about a request
``opening``    the set-up list
``living``     suspending, waking, retiring, archiving
``keeping``    correcting an entry, reviewing it, handing it to somebody
``granting``   what a person may do
``showing``    evidence and exceptions
``imitations`` look-alikes
``filtering``  the filter row of the list
============== ====================================================================================
"""
