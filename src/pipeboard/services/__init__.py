"""Use cases: the one door between a front end and the data."""
