"""`make run`: the portal, with the demo when the settings ask for it."""

import sys

from demo.demonstration import DEMONSTRATION
from employer_portal.operations.serve import main

if __name__ == "__main__":
    sys.exit(main(DEMONSTRATION))
