"""The places where a city speaks: one complete folder per network.

`addresses` reads what people write about an account; `names` reads what they call a network. Nothing here
ever fetches anything to find out what an address means.
"""
