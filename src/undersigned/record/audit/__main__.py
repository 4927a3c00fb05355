"""`python -m undersigned.record.audit`, and what the one-file auditor starts with."""

import sys

from undersigned.record.audit import main

if __name__ == "__main__":
    sys.exit(main())
