"""How people say where each département and région is: written by hand, apart from the rules of the code."""

from typing import NamedTuple


class Lieu(NamedTuple):
    """A place as a subject, where, and after "de"."""

    sujet: str
    lieu: str
    complement: str


# One line each: the département as a subject, where, and after "de".
_DEPARTEMENTS = """
01 l’Ain, dans l’Ain, de l’Ain
02 l’Aisne, dans l’Aisne, de l’Aisne
03 l’Allier, dans l’Allier, de l’Allier
04 les Alpes-de-Haute-Provence, dans les Alpes-de-Haute-Provence, des Alpes-de-Haute-Provence
05 les Hautes-Alpes, dans les Hautes-Alpes, des Hautes-Alpes
06 les Alpes-Maritimes, dans les Alpes-Maritimes, des Alpes-Maritimes
07 l’Ardèche, en Ardèche, de l’Ardèche
08 les Ardennes, dans les Ardennes, des Ardennes
09 l’Ariège, en Ariège, de l’Ariège
10 l’Aube, dans l’Aube, de l’Aube
11 l’Aude, dans l’Aude, de l’Aude
12 l’Aveyron, en Aveyron, de l’Aveyron
13 les Bouches-du-Rhône, dans les Bouches-du-Rhône, des Bouches-du-Rhône
14 le Calvados, dans le Calvados, du Calvados
15 le Cantal, dans le Cantal, du Cantal
16 la Charente, en Charente, de la Charente
17 la Charente-Maritime, en Charente-Maritime, de la Charente-Maritime
18 le Cher, dans le Cher, du Cher
19 la Corrèze, en Corrèze, de la Corrèze
21 la Côte-d’Or, en Côte-d’Or, de la Côte-d’Or
22 les Côtes-d’Armor, dans les Côtes-d’Armor, des Côtes-d’Armor
23 la Creuse, dans la Creuse, de la Creuse
24 la Dordogne, en Dordogne, de la Dordogne
25 le Doubs, dans le Doubs, du Doubs
26 la Drôme, dans la Drôme, de la Drôme
27 l’Eure, dans l’Eure, de l’Eure
28 l’Eure-et-Loir, en Eure-et-Loir, d’Eure-et-Loir
29 le Finistère, dans le Finistère, du Finistère
2A la Corse-du-Sud, en Corse-du-Sud, de la Corse-du-Sud
2B la Haute-Corse, en Haute-Corse, de la Haute-Corse
30 le Gard, dans le Gard, du Gard
31 la Haute-Garonne, en Haute-Garonne, de la Haute-Garonne
32 le Gers, dans le Gers, du Gers
33 la Gironde, en Gironde, de la Gironde
34 l’Hérault, dans l’Hérault, de l’Hérault
35 l’Ille-et-Vilaine, en Ille-et-Vilaine, d’Ille-et-Vilaine
36 l’Indre, dans l’Indre, de l’Indre
37 l’Indre-et-Loire, en Indre-et-Loire, d’Indre-et-Loire
38 l’Isère, en Isère, de l’Isère
39 le Jura, dans le Jura, du Jura
40 les Landes, dans les Landes, des Landes
41 le Loir-et-Cher, dans le Loir-et-Cher, du Loir-et-Cher
42 la Loire, dans la Loire, de la Loire
43 la Haute-Loire, en Haute-Loire, de la Haute-Loire
44 la Loire-Atlantique, en Loire-Atlantique, de la Loire-Atlantique
45 le Loiret, dans le Loiret, du Loiret
46 le Lot, dans le Lot, du Lot
47 le Lot-et-Garonne, dans le Lot-et-Garonne, du Lot-et-Garonne
48 la Lozère, en Lozère, de la Lozère
49 le Maine-et-Loire, en Maine-et-Loire, de Maine-et-Loire
50 la Manche, dans la Manche, de la Manche
51 la Marne, dans la Marne, de la Marne
52 la Haute-Marne, en Haute-Marne, de la Haute-Marne
53 la Mayenne, en Mayenne, de la Mayenne
54 la Meurthe-et-Moselle, en Meurthe-et-Moselle, de Meurthe-et-Moselle
55 la Meuse, dans la Meuse, de la Meuse
56 le Morbihan, dans le Morbihan, du Morbihan
57 la Moselle, en Moselle, de la Moselle
58 la Nièvre, dans la Nièvre, de la Nièvre
59 le Nord, dans le Nord, du Nord
60 l’Oise, dans l’Oise, de l’Oise
61 l’Orne, dans l’Orne, de l’Orne
62 le Pas-de-Calais, dans le Pas-de-Calais, du Pas-de-Calais
63 le Puy-de-Dôme, dans le Puy-de-Dôme, du Puy-de-Dôme
64 les Pyrénées-Atlantiques, dans les Pyrénées-Atlantiques, des Pyrénées-Atlantiques
65 les Hautes-Pyrénées, dans les Hautes-Pyrénées, des Hautes-Pyrénées
66 les Pyrénées-Orientales, dans les Pyrénées-Orientales, des Pyrénées-Orientales
67 le Bas-Rhin, dans le Bas-Rhin, du Bas-Rhin
68 le Haut-Rhin, dans le Haut-Rhin, du Haut-Rhin
69 le Rhône, dans le Rhône, du Rhône
70 la Haute-Saône, en Haute-Saône, de la Haute-Saône
71 la Saône-et-Loire, en Saône-et-Loire, de Saône-et-Loire
72 la Sarthe, dans la Sarthe, de la Sarthe
73 la Savoie, en Savoie, de la Savoie
74 la Haute-Savoie, en Haute-Savoie, de la Haute-Savoie
75 Paris, à Paris, de Paris
76 la Seine-Maritime, en Seine-Maritime, de la Seine-Maritime
77 la Seine-et-Marne, en Seine-et-Marne, de Seine-et-Marne
78 les Yvelines, dans les Yvelines, des Yvelines
79 les Deux-Sèvres, dans les Deux-Sèvres, des Deux-Sèvres
80 la Somme, dans la Somme, de la Somme
81 le Tarn, dans le Tarn, du Tarn
82 le Tarn-et-Garonne, dans le Tarn-et-Garonne, du Tarn-et-Garonne
83 le Var, dans le Var, du Var
84 le Vaucluse, dans le Vaucluse, du Vaucluse
85 la Vendée, en Vendée, de la Vendée
86 la Vienne, dans la Vienne, de la Vienne
87 la Haute-Vienne, en Haute-Vienne, de la Haute-Vienne
88 les Vosges, dans les Vosges, des Vosges
89 l’Yonne, dans l’Yonne, de l’Yonne
90 le Territoire de Belfort, dans le Territoire de Belfort, du Territoire de Belfort
91 l’Essonne, dans l’Essonne, de l’Essonne
92 les Hauts-de-Seine, dans les Hauts-de-Seine, des Hauts-de-Seine
93 la Seine-Saint-Denis, en Seine-Saint-Denis, de la Seine-Saint-Denis
94 le Val-de-Marne, dans le Val-de-Marne, du Val-de-Marne
95 le Val-d’Oise, dans le Val-d’Oise, du Val-d’Oise
971 la Guadeloupe, en Guadeloupe, de la Guadeloupe
972 la Martinique, en Martinique, de la Martinique
973 la Guyane, en Guyane, de la Guyane
974 La Réunion, à La Réunion, de La Réunion
976 Mayotte, à Mayotte, de Mayotte
"""

_REGIONS = """
01 la Guadeloupe, en Guadeloupe, de la Guadeloupe
02 la Martinique, en Martinique, de la Martinique
03 la Guyane, en Guyane, de la Guyane
04 La Réunion, à La Réunion, de La Réunion
06 Mayotte, à Mayotte, de Mayotte
11 l’Île-de-France, en Île-de-France, d’Île-de-France
24 le Centre-Val de Loire, en Centre-Val de Loire, du Centre-Val de Loire
27 la Bourgogne-Franche-Comté, en Bourgogne-Franche-Comté, de Bourgogne-Franche-Comté
28 la Normandie, en Normandie, de Normandie
32 les Hauts-de-France, dans les Hauts-de-France, des Hauts-de-France
44 le Grand Est, dans le Grand Est, du Grand Est
52 les Pays de la Loire, dans les Pays de la Loire, des Pays de la Loire
53 la Bretagne, en Bretagne, de Bretagne
75 la Nouvelle-Aquitaine, en Nouvelle-Aquitaine, de la Nouvelle-Aquitaine
76 l’Occitanie, en Occitanie, d’Occitanie
84 l’Auvergne-Rhône-Alpes, en Auvergne-Rhône-Alpes, d’Auvergne-Rhône-Alpes
93 la Provence-Alpes-Côte d’Azur, en Provence-Alpes-Côte d’Azur, de Provence-Alpes-Côte d’Azur
94 la Corse, en Corse, de Corse
"""


def _written(lines: str) -> dict[str, Lieu]:
    return {
        code: Lieu(*said.split(", "))
        for code, said in (line.split(" ", 1) for line in lines.strip().splitlines())
    }


DEPARTEMENTS = _written(_DEPARTEMENTS)
REGIONS = _written(_REGIONS)
