"""What freckle does to local files, as tools for programs that speak the Model Context Protocol."""
