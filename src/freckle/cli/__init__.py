"""The command line: the one place that prints and that ends with an exit code."""
