"""The look: base templates, components, forms, lists, and the city's theme. No room's words, no writes."""
