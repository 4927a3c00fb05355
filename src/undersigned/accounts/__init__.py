"""The register of the city's official accounts."""
