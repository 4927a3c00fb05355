"""The invented city that shows the product."""
