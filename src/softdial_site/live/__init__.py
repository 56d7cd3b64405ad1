"""Live Python: the code of a page runs where it is read, in the reader's own browser.

``frames`` finds what can run there, ``pyodide`` is the interpreter, ``session`` runs in it.
"""

from softdial_site.live.frames import LiveError, mark
from softdial_site.live.pyodide import VERSION, PyodideError, UnavailableError, files

__all__ = ["VERSION", "LiveError", "PyodideError", "UnavailableError", "files", "mark"]
