"""R's objects with what their attributes mean: `rbindgen.robjects.vectors`."""

from rbindgen.robjects import vectors

__all__ = ["vectors"]
