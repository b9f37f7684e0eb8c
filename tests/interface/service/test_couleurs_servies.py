import json
import re

from cpts_geo.interface.service.couleurs_servies import css, script
from cpts_geo.socle.palette import palette


def test_styles_have_each_colour_under_its_name() -> None:
    found = dict(re.findall(r"^  --([a-z0-9-]+): (#[0-9a-f]{6});$", css(), re.MULTILINE))
    assert found == {name.replace("_", "-"): each for name, each in palette().nommees.items()}


def test_the_script_has_each_colour_under_its_name() -> None:
    (told,) = re.findall(r"^window\.PALETTE = Object\.freeze\((.*)\);$", script(), re.MULTILINE)
    assert json.loads(told) == palette().nommees
