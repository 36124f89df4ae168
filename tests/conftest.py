"""What every test may use."""

pytest_plugins = [
    "tests.postgres",
    "tests.press_fixture",
    "tests.database_fixture",
    "tests.house_fixture",
    "tests.tax_office",
]
