"""The pages of the register.

============== ==================================================================================
``coming_in``  who comes, and which account they may see
``steps``      what can be done with an account: one row for each act that has a page
``reasons``    whether there is any reason to take a step now
``acting``     the page on which an act is done or asked for, the same for all of them
``offering``   which acts an account's page offers to whom
``listing``    the list of accounts
``looking``    an account
``about``      what an account's page says beside its checks
``checks``     the 28 checks of an account's page
``shown``      what waits for a name, and who may do what
``entering``   requesting an account
``parts``      acts on what belongs to an account: a line, a check, a grant, an exception
``imitations`` look-alikes
``auditing``   the audit report
``wording``    acts and standings in words
============== ==================================================================================
"""
