"""The libraries side by side: what each gives for the same input.

``cases`` says what is called, ``run`` calls it, ``data/crosswalk.json`` keeps the results with
versions and date, ``page`` makes tables of them. Only ``run`` needs the libraries.
"""

from softdial_site.crosswalk.cases import lacking
from softdial_site.crosswalk.page import place
from softdial_site.crosswalk.record import CrosswalkError, read

__all__ = ["CrosswalkError", "lacking", "place", "read"]
