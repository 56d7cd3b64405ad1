"""Formulas: LaTeX in the source, MathML in the page, a font of exactly their characters."""

from softdial_site.formulas.convert import to_mathml
from softdial_site.formulas.font import code_points, write_font
from softdial_site.formulas.pages import replace

__all__ = ["code_points", "replace", "to_mathml", "write_font"]
