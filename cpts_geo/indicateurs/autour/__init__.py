"""What is published around communes: of zones, of départements, of cities."""
