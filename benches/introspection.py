"""How long rbindgen takes to look into R's base and recommended packages, beside what R itself needs.

Usage: python3 benches/introspection.py PATH-OF-RBINDGEN

Both sides take turns. Ours is the command without its cache, as a user runs it; the peer is introspection.R
in two processes of R, between which the packages are balanced by the time that each of them takes alone.
Times are of the clock, from the
start of the first process to the end of the last; the medians of the runs are compared. The committed
results are from a machine that did nothing else.
"""

import json
import os
import pathlib
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
RUNS = int(os.environ.get("RBINDGEN_BENCH_RUNS", "5"))
R = ["R", "--vanilla", "--no-echo", "-f", str(HERE / "introspection.R"), "--args"]
LIST = 'cat(unique(rownames(installed.packages(priority = c("base", "recommended")))))'


def seconds(*commands, env=None):
    """The time that these commands take side by side."""
    start = time.perf_counter()
    running = [
        subprocess.Popen(one, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE) for one in commands
    ]
    for one in running:
        message = one.communicate()[1]
        if one.returncode != 0:
            sys.exit(f"{one.args} failed:\n{message.decode(errors='replace')}")
    return time.perf_counter() - start


def balanced(packages):
    """The packages in two halves that take R about the same time."""
    alone = {package: seconds([*R, package]) for package in packages}
    halves = ([], [])
    for package in sorted(packages, key=alone.get, reverse=True):
        # Each process starts once: what the start takes is not the package's.
        lighter = min(halves, key=lambda half: sum(alone[one] - min(alone.values()) for one in half))
        lighter.append(package)
    return halves


def main():
    rbindgen = str(pathlib.Path(sys.argv[1]).resolve())
    packages = subprocess.run(
        ["Rscript", "--vanilla", "-e", LIST], check=True, capture_output=True, text=True
    )
    packages = packages.stdout.split()
    halves = balanced(packages)
    folder = tempfile.mkdtemp(prefix="rbindgen-bench-")
    os.chdir(folder)

    def ours(cache, command, *arguments):
        env = {**os.environ, "RBINDGEN_CACHE": cache}
        return seconds([rbindgen, *command, *packages, *arguments, "--quiet"], env=env)

    snapshot = (["snapshot"], "-o", "snapshot.json")
    commands = {
        "types": (["types"],),
        "generate": ([], "--rust", "rust", "--python", "python"),
        "snapshot": snapshot,
    }
    cold = {name: [] for name in commands}
    warm = {name: [] for name in commands}
    peer = []
    for run in range(RUNS):
        for name, (command, *arguments) in commands.items():
            cold[name].append(ours("", command, *arguments))
            cache = f"cache-{run}"
            ours(cache, command, *arguments)
            warm[name].append(ours(cache, command, *arguments))
        peer.append(seconds(*([*R, *half] for half in halves)))
    shutil.rmtree(folder)

    def row(name, ours, peer, peer_name, target):
        ours, peer = statistics.median(ours), statistics.median(peer)
        figures = {"ours": round(ours, 3), "peer": round(peer, 3), "peer_name": peer_name}
        return {"name": name, **figures, "ratio": round(ours / peer, 3), "target": target, "unit": "s"}

    two = "R: loadNamespace, tools::Rd_db and all data sets, in two processes"
    count = f"{len(packages)} packages"
    rows = [
        row(f"{name}, {count}, {state}", times[name], against, who, target)
        for state, times, against, who, target in [
            ("cold", cold, peer, two, 1.3),
            ("repeated", warm, [1.0], "a second", 1.0),
        ]
        for name in times
    ]
    (HERE / "results" / "introspection.json").write_text(json.dumps(rows, indent=2) + "\n")
    width = max(len(one["name"]) for one in rows)
    for one in rows:
        met = "met" if one["ratio"] <= one["target"] else "NOT met"
        print(
            f"{one['name']:{width}}  {one['ours']:8.3f} s  {one['peer']:8.3f} s  "
            f"{one['ratio']:6.3f} <= {one['target']} {met}"
        )
    print(f"(ours, peer, ratio: medians of {RUNS} runs; the peer of cold runs is {two})")


main()
