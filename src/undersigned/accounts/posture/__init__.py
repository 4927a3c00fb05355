"""How safe an account is: 28 checks, the evidence for them, and what that comes to at an instant.

Everything here is computed from what is handed in and a moment in time. Nothing is stored as passed or
failed, so evidence expires at its second whether or not any job runs.
"""
