"""The story of the city, in the order in which it is told. Every line of it is an act."""
