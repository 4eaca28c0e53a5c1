"""What `Rscript` says of a package's data sets, and the same lines read through the bindings.

The format is described in tests/oracle/README.md.
"""

import json
import struct
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from rbindgen.rinterface import (
    NULL,
    BoolSexpVector,
    ByteSexpVector,
    ComplexSexpVector,
    FloatSexpVector,
    IntSexpVector,
    ListSexpVector,
    NA_Character,
    NA_Integer,
    NA_Logical,
    Sexp,
    StrSexpVector,
    evalr,
)

# Of the object without its attributes.
DEPARSE = """function(x) {
    attributes(x) <- NULL
    paste(deparse(x, 500L, control = c("keepNA", "keepInteger")), collapse = "\\n")
}"""


def describe(root: Path, package: str, *library: Path) -> dict[str, dict[str, Any]]:
    """Return the oracle's lines by path."""
    home = evalr("R.home()")[0]
    command = [
        Path(str(home)) / "bin" / "Rscript",
        "--vanilla",
        root / "tests/oracle/describe.R",
        package,
        *library,
    ]
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True, check=True)
    return {line["path"]: line for line in map(json.loads, done.stdout.splitlines())}


def dump(path: str, value: Sexp) -> Iterator[dict[str, Any]]:
    """Yield the lines of one object and of all below it, as the bindings see it."""
    attributes = sorted(value.list_attrs(), key=lambda name: name.encode())
    yield line(path, value, attributes)
    if isinstance(value, ListSexpVector):
        for index, element in enumerate(value):
            yield from dump(f"{path}[[{index + 1}]]", element)
    for name in attributes:
        attribute = value.do_slot(name)
        if name == "row.names":
            automatic = evalr("function(x) .row_names_info(x, 1L) < 0L")(value)[0]
            yield line(f"{path}@{name}", attribute, []) | {"automatic": automatic}
        else:
            yield from dump(f"{path}@{name}", attribute)


def line(path: str, value: Sexp, attributes: list[str]) -> dict[str, Any]:
    """Return the line of one object."""
    length = (
        evalr("length")(value)[0]
        if value.typeof.name == "LANGSXP"
        else evalr("function(x) length(unclass(x))")(value)[0]
    )
    found: dict[str, Any] = {
        "path": path,
        "type": evalr("typeof")(value)[0],
        "length": length,
        "attributes": attributes,
    }
    values = read(value)
    return found if values is None else found | {"values": values}


def read(value: Sexp) -> list[Any] | None:
    """Return the values of an object, as far as the format has any, element by element."""
    if isinstance(value, FloatSexpVector):
        return [bits(x) for x in value]
    if isinstance(value, IntSexpVector):
        return [None if x is NA_Integer else x for x in value]
    if isinstance(value, BoolSexpVector):
        return [None if x is NA_Logical else x for x in value]
    if isinstance(value, ComplexSexpVector):
        return [[bits(x.real), bits(x.imag)] for x in value]
    if isinstance(value, ByteSexpVector):
        return list(value)
    if isinstance(value, StrSexpVector):
        return [None if x is NA_Character else x for x in value]
    if value.typeof.name == "LANGSXP":
        return [evalr(DEPARSE)(value)[0]]
    if value.typeof.name == "ENVSXP":
        return [evalr("environmentName")(value)[0]]
    assert isinstance(value, ListSexpVector) or value.rsame(NULL)
    return None


def bits(x: float) -> str:
    """Return the bits of a double as 16 hexadecimal digits."""
    return struct.pack(">d", x).hex()
