"""Run the command line as `python -m freckle.cli`."""

import sys

from freckle.cli.main import main

if __name__ == "__main__":
    sys.exit(main())
