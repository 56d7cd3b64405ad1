"""Figures: one function, one name; drawn at build time, kept in a cache, placed on pages."""

from softdial_site.figures.catalog import FigureError
from softdial_site.figures.gallery import Gallery

__all__ = ["FigureError", "Gallery"]
