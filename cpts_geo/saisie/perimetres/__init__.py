"""Reading the perimeters that people bring from elsewhere: GeoJSON, GeoPackage, KML, zipped shapefile."""
