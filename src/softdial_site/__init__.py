"""The machinery of the site; never shipped in the wheel."""
