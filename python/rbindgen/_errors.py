"""The exceptions of the package."""


class RRuntimeError(RuntimeError):
    """An error of R: a condition of class ``error`` that nothing in R caught."""

    message: str
    """R's message, without the words "Error in"."""
    rclass: tuple[str, ...]
    """The class of the condition, most specific first: ``("simpleError", "error", "condition")``."""
    call: str | None
    """The call that the error is about, as R would print it."""
    trace: tuple[str, ...]
    """The calls that were active, outermost first."""

    def __init__(
        self,
        message: str,
        rclass: tuple[str, ...] = ("simpleError", "error", "condition"),
        call: str | None = None,
        trace: tuple[str, ...] = (),
    ) -> None:
        super().__init__(message, rclass, call, trace)
        self.message = message
        self.rclass = rclass
        self.call = call
        self.trace = trace

    def __str__(self) -> str:
        where = "" if self.call is None else f" in {self.call}"
        return f"Error{where}: {self.message}"


class RNotFoundError(RuntimeError):
    """There is no R, or none that can be used. The message says where it was looked for and what to do."""
