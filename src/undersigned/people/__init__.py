"""Persons, units and appointments: who may act for the city, in what capacity, and until when."""
