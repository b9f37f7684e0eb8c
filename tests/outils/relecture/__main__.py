"""Read again every sentence that the application writes of territories drawn at random.

python -m tests.outils.relecture --territoires 400
"""

import argparse
import random
import sys

from tests.outils.relecture.tirage import GRAINE, draw, read

parser = argparse.ArgumentParser(description="Relit les phrases de territoires tirés au hasard.")
parser.add_argument("--territoires", type=int, default=400)
parser.add_argument("--graine", type=int, default=GRAINE)
parser.add_argument("--montrer", type=int, default=40, help="phrases à lire soi-même")
asked = parser.parse_args()

bilan = read(draw(asked.territoires, asked.graine))
lines = [
    f"ERREUR  {nom} : {what}\n        {sentence}" for nom, sentence, what in dict.fromkeys(bilan.erreurs)
]
shown = random.Random(asked.graine).sample(bilan.lues, min(asked.montrer, len(bilan.lues)))  # noqa: S311
lines += [f"{nom:>18}  {sentence}" for nom, sentence in shown]
lines += [f"  {count:6}  {sujet}" for sujet, count in bilan.sujets.most_common()]
lines += [f"{asked.territoires} territoires, {len(bilan.lues)} phrases lues, {len(bilan.erreurs)} erreurs."]
sys.stdout.write("\n".join(lines) + "\n")
sys.exit(bool(bilan.erreurs))
