"""R in Python: R's objects on R's own memory.

- `rbindgen.rinterface`: R's objects as they are.
- `rbindgen.robjects.vectors`: data frames, factors, matrices, time series.
- `rbindgen.generated`: what modules import that the command ``rbindgen`` wrote.

Importing any of them does not start R; the first use of an R object does.
"""

from rbindgen._rinterface import __version__ as __version__

__all__ = ["__version__"]
