"""Reading the tables that people bring: any format, any encoding, each row on its own.

This room knows neither persons nor accounts. It turns a file into rows of text, guesses which column
means what, reads dates, and writes tables back. Rooms that import something build on it.
"""
