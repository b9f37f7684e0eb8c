"""Lists of communes as people type them."""

# Thirty-five communes of Charente-Maritime as a facilitator types them: accents missing, "St-" forms,
# two homonyms (Breuillet, Saint-Augustin), one misspelt (Semusac).
LISTE = """\
Royan
St-Georges-de-Didonne
St Palais sur Mer
Vaux s/ Mer
MEDIS
Saujon
Meschers-sur-Gironde
semusac
Cozes
Arces
Arvert
Barzan
Breuillet
Boutenac Touvent
Chaillevette
le chay
Corme Ecluse
L'Eguille
Epargnes
Grezac
les mathes
Mornac sur Seudre
Mortagne-sur-Gironde
Sablonceaux
St Augustin
St-Romain-de-Benet
St Sulpice de Royan
Talmont-sur-Gironde
La Tremblade
St-Trojan-les-Bains
St Denis d'Oleron
St-Pierre d Oleron
Dolus d’Oléron
Chateau d'Oleron
La Bree les Bains"""
