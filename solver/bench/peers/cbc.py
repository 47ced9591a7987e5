"""CBC on a statement: python cbc.py STATEMENT.json SECONDS

The program is written as MPS for CBC's own command line: the one that is
installed, such as Debian's coinor-cbc, or else the one that PuLP brings."""

import os
import re
import shutil
import subprocess
import tempfile

import numpy as np
import pulp

import mip
import statement

BEST = re.compile(r"(?:Integer solution of|Found (?:incumbent|solution)[^:]*:?) (-?[\d.e+]+)|(-?[\d.e+]+) best solution")
BOUND = re.compile(r"best possible (-?[\d.e+]+)|Continuous objective value is (-?[\d.e+]+)")


def main():
    s, run = statement.arguments()
    h = mip.load(s)
    program = shutil.which("cbc") or pulp.PULP_CBC_CMD().path
    version = re.search(r"Version: (\S+)", subprocess.run([program, "-quit"], capture_output=True, text=True, check=False).stdout)

    with tempfile.TemporaryDirectory() as folder:
        model, solution = os.path.join(folder, "model.mps"), os.path.join(folder, "solution")

        def minimize(tier):
            with run.paused():
                mip.set_objective(h, s, tier)
                h.changeObjectiveOffset(0.0)  # MPS readers differ in its sign
                h.writeModel(model)
            call = [program, model, "-seconds", str(run.left()), "-timeMode", "elapsed", "-threads", "2",
                    "-ratioGap", "0", "-allowableGap", "0.99", "-log", "2", "-solve", "-solution", solution, "-quit"]
            due = float(s.due[tier])
            with subprocess.Popen(call, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, bufsize=1) as cbc:
                for line in cbc.stdout:
                    if (found := BEST.search(line)) and float(found[1] or found[2]) < 1e15:
                        run.cost(float(found[1] or found[2]) + due)
                    if (found := BOUND.search(line)) and float(found[1] or found[2]) < 1e15:
                        run.bound(float(found[1] or found[2]) + due)
            return read(tier)

        def read(tier):
            if not os.path.exists(solution):
                return None
            with open(solution, encoding="ascii") as file:
                status = file.readline()
                taken = np.zeros(s.choices)
                for line in file:
                    _, name, value = line.replace("**", " ").split()[:3]
                    if name[0] == "c" and int(name[1:]) < s.choices:
                        taken[int(name[1:])] = float(value)
            os.remove(solution)
            costs = s.costs(taken)
            if costs is not None and costs[tier] <= (run.best or costs)[tier]:
                run.best = costs
            run.tell()
            if not status.startswith("Optimal"):
                return None
            return float(status.split()[-1]) + float(s.due[tier])

        run.begin("CBC " + (version[1] if version else ""))
        run.tiers(minimize, lambda tier, cost: mip.limit_tier(h, s, tier, cost))


if __name__ == "__main__":
    main()
