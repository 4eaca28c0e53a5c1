"""Tables of how good the inferred types are: against published signatures, and by source of evidence.

    score.py TYPEDECL COMMAND PAGE

TYPEDECL holds `published/`, a file a package, and `score.py`, which judges a position. COMMAND is rbindgen.
The tables are printed, and written into PAGE between its two markers.
"""

import json
import subprocess
import sys
import tempfile
from pathlib import Path

BEGIN = "<!-- figures: made by `make score` -->"
END = "<!-- end of figures -->"

# In percent: typed of all, and sound and exact of typed.
TARGETS = {
    "parameter": {"typed": 95, "sound": 96, "exact": 78},
    "return": {"typed": 80, "sound": 95, "exact": 70},
}
COVERAGE = {"parameters": 93, "returns": 80}

# R's own: `installed.packages(priority = "high")`.
BASE_AND_RECOMMENDED = (
    "base boot class cluster codetools compiler datasets foreign graphics grDevices grid KernSmooth "
    "lattice MASS Matrix methods mgcv nlme nnet parallel rpart spatial splines stats stats4 survival tcltk "
    "tools utils"
)


def rbindgen(command: str, *arguments: str) -> dict:
    """What the command answers."""
    run = subprocess.run([command, *arguments, "--format", "json"], stdout=subprocess.PIPE, check=False)
    answer = json.loads(run.stdout) if run.stdout else {"success": False, "diagnostics": []}
    if not answer["success"]:
        for one in answer["diagnostics"]:
            print(f"score: {one['message']}", file=sys.stderr)
        sys.exit(f"score: rbindgen {arguments[0]} failed")
    return answer


def scored(typedecl: Path, pairs: list[str]) -> dict:
    """The judgement of the scorer on PACKAGE=FILE."""
    scorer = [sys.executable, str(typedecl / "score.py"), "--json", *pairs]
    return json.loads(subprocess.run(scorer, stdout=subprocess.PIPE, check=True).stdout)


def figures(judged: dict) -> list[str]:
    """The cells of a row: functions, and for parameters and returns how many, typed, sound, exact."""
    cells = [str(judged["functions"].get("scored", 0))]
    for kind in TARGETS:
        one = judged[kind]
        cells.append(str(one["scored"]))
        cells += ["-" if one[key] is None else f"{one[key]:.1f}" for key in ("typed", "sound", "exact")]
    return cells


def table(head: list[str], rows: list[list[str]]) -> list[str]:
    """A Markdown table that reads well as text, too: the first column is words, the others are numbers."""
    widths = [max(len(row[i]) for row in [head, *rows]) for i in range(len(head))]

    def line(cells: list[str]) -> str:
        numbers = [cell.rjust(width) for cell, width in zip(cells[1:], widths[1:], strict=True)]
        padded = [cells[0].ljust(widths[0]), *numbers]
        return "| " + " | ".join(padded) + " |"

    rule = ["-" * widths[0]] + ["-" * (w - 1) + ":" for w in widths[1:]]
    return [line(head), line(rule), *map(line, rows)]


def published_tables(typedecl: Path, command: str) -> list[str]:
    """The tables of what was published."""
    packages = sorted(path.name for path in (typedecl / "published").iterdir())
    answer = rbindgen(command, "types", "--internal", *packages)
    with tempfile.TemporaryDirectory() as folder:
        files = {}
        for package in answer["packages"]:
            path = Path(folder, package["name"])
            path.write_text("".join(f"{line}\n" for line in package["signatures"]), encoding="utf8")
            files[package["name"]] = f"{package['name']}={path}"
        total = scored(typedecl, list(files.values()))
        rows = [[name, *figures(scored(typedecl, [pair]))] for name, pair in files.items()]
    rows.append(["all", *figures(total)])
    goals = []
    for kind, targets in TARGETS.items():
        for key, target in targets.items():
            reached = total[kind][key] or 0.0
            met = "met" if reached >= target else "missed"
            goals.append([f"{kind}s: {key}", f"{reached:.1f}", str(target), met])
    judgement = ["typed", "sound", "exact"]
    head = ["package", "functions", "parameters", *judgement, "returns", *judgement]
    functions = ", ".join(f"{number} {what}" for what, number in sorted(total["functions"].items()))
    return [
        f"Against the published signatures of {len(packages)} packages (functions: {functions}).",
        "In percent: typed of all positions, sound and exact of the typed ones.",
        "",
        *table(["", "reached", "target", ""], goals),
        "",
        *table(head, rows),
    ]


def coverage_tables(command: str) -> list[str]:
    """The tables of what R's own packages have types for, and from what."""
    answer = rbindgen(command, "report", *BASE_AND_RECOMMENDED.split())
    total = answer["summary"]
    parts = []
    for kind in ("parameters", "returns"):
        count = total[kind]
        share = 100 * count["typed"] / count["total"] if count["total"] else 0.0
        parts.append([kind, str(count["total"]), str(count["typed"]), f"{share:.1f}", str(COVERAGE[kind])])
    sources = sorted({source for kind in COVERAGE for source in total[kind]["seen"]})
    rows = []
    for source in sources:
        row = [source]
        for kind in COVERAGE:
            count = total[kind]
            row += [str(count["sources"].get(source, 0)), str(count["seen"].get(source, 0))]
        rows.append(row)
    return [
        f"The {total['functions']} exported functions of R's {len(answer['packages'])} "
        "base and recommended packages:",
        "",
        *table(["", "positions", "typed", "percent", "target"], parts),
        "",
        "By source of evidence: the positions whose type it decided, and those that it says anything about.",
        "",
        *table(["source", "parameters decided", "seen", "returns decided", "seen"], rows),
    ]


def main() -> None:
    """Makes the tables, prints them and keeps them."""
    typedecl, command, page = Path(sys.argv[1]), sys.argv[2], Path(sys.argv[3])
    lines = [*published_tables(typedecl, command), "", *coverage_tables(command)]
    print("\n".join(lines))
    text = page.read_text(encoding="utf8")
    before, rest = text.split(BEGIN)
    _, after = rest.split(END)
    page.write_text("\n".join([before + BEGIN, "", *lines, "", END]) + after, encoding="utf8")


if __name__ == "__main__":
    main()
