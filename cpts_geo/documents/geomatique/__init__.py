"""The territory for map software: GeoJSON, GeoPackage and KML, of the same features and properties."""
