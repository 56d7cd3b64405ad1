"""What ``make bench`` runs: speed beside other libraries and beside the limits, and mutants.

``cases`` says what is called on what, ``clock`` measures, ``record`` keeps the results in
``data/benchmarks.json``, from which the page is made. Not part of the wheel or of the tests.
``crosswalk`` and ``libraries`` do the same for ``data/crosswalk.json``.
"""
