import importlib
import inspect
import pkgutil

import cpts_geo.saisie
from cpts_geo.saisie.refus import SaisieRefuseeError


def test_all_that_refuses_what_people_bring_is_of_one_family() -> None:
    modules = [
        importlib.import_module(each.name)
        for each in pkgutil.walk_packages(cpts_geo.saisie.__path__, "cpts_geo.saisie.")
    ]
    raised = {
        kind
        for module in modules
        for kind in vars(module).values()
        if inspect.isclass(kind) and issubclass(kind, Exception) and kind.__module__ == module.__name__
    }
    assert len(raised) > 3
    assert all(issubclass(kind, SaisieRefuseeError) for kind in raised)
