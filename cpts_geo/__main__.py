"""Entry of the command line: `python -m cpts_geo diagnostic` or `definitions`."""

import sys

from cpts_geo.interface.commande import main

if __name__ == "__main__":
    sys.exit(main())
