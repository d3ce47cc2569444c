"""The networks: the only place that runs them."""
