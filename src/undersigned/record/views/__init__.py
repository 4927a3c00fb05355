"""The pages and the published files of the record."""
