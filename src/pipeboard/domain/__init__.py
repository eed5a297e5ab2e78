"""What is true of sales pipelines: pure functions over frozen values, standard library and dateutil only."""
