"""Public classifications as dated, read-only tables: occupations, districts, regions, wages."""
