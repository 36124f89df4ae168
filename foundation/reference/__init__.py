"""What the country lays down, as dated, read-only tables: districts, occupations, wages, holidays, numbers."""
