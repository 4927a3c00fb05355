"""Places that Undersigned hands work over to, because they offer no interface that it may use."""
