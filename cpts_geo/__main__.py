"""Entry of the command line: `python -m cpts_geo diagnostic`."""

import sys

from cpts_geo.ligne_de_commande import main

if __name__ == "__main__":
    sys.exit(main())
