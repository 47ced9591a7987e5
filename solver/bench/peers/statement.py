"""The model that all peers solve, and how a run of one is told.

A statement is written by `bench state`: blocks of binary choices, of which each
takes exactly one, and rows, hard or with a price for each unit over their most.
Costs are in tiers; a later one never costs an earlier one.
"""

import contextlib
import gc
import json
import resource
import sys
import time

import numpy as np


class Statement:
    """Choices are counted through from the first block to the last."""

    def __init__(self, name):
        with open(name, encoding="utf-8") as file:
            raw = json.load(file)
        rows = raw["Rows"]
        self.titles = raw["Tiers"]
        self.due = np.array(raw["Due"])
        self.blocks = np.array(raw["Blocks"])
        self.choices = int(self.blocks[-1])
        self.start = np.array(rows["Start"])
        self.choice = np.array(rows["Choices"] or [], dtype=np.int32)
        self.amount = np.array(rows["Amounts"] or [], dtype=np.int32)
        self.most = np.array(rows["Most"] or [], dtype=np.int64)
        self.tier = np.array(rows["Tier"] or [], dtype=np.int64)
        self.weight = np.array(rows["Weight"] or [], dtype=np.int64)
        self.priced = np.flatnonzero(self.tier >= 0)
        self.cost = np.zeros((len(self.titles), self.choices), dtype=np.int64)
        for tier, sparse in enumerate(raw["Costs"]):
            if sparse["Choices"]:
                self.cost[tier, sparse["Choices"]] = sparse["Amounts"]

    def row(self, r):
        """Gives the choices and the amounts of a row."""
        return self.choice[self.start[r] : self.start[r + 1]], self.amount[self.start[r] : self.start[r + 1]]

    def costs(self, taken):
        """Gives the cost of every tier of an assignment, reckoned again from
        the statement, or None where it breaks a hard row or a block."""
        taken = np.rint(taken).astype(np.int64)
        if not np.all(np.add.reduceat(taken, self.blocks[:-1]) == 1):
            return None
        sums = np.concatenate(([0], np.cumsum(self.amount * taken[self.choice])))
        over = np.maximum(0, sums[self.start[1:]] - sums[self.start[:-1]] - self.most)
        if np.any(over[self.tier < 0]):
            return None
        costs = self.due + self.cost @ taken
        for tier in range(len(costs)):
            of = self.tier == tier
            costs[tier] += np.dot(over[of], self.weight[of])
        return costs.tolist()


class Run:
    """Tells on standard output, a line of JSON each, what is known when."""

    def __init__(self, statement, limit):
        self.statement, self.limit = statement, limit
        self.best, self.known, self.tier = None, [int(d) for d in statement.due], 0

    def begin(self, version):
        """Starts the clock: reading and building the model are not counted."""
        gc.collect()
        try:  # forget the peak of memory so far
            with open("/proc/self/clear_refs", "w", encoding="ascii") as file:
                file.write("5")
        except OSError:
            pass
        print(json.dumps({"version": version}), flush=True)
        self.started = time.monotonic()

    def seconds(self):
        return time.monotonic() - self.started

    @contextlib.contextmanager
    def paused(self):
        """Stops the clock, for work that is not the peer's."""
        at = time.monotonic()
        yield
        self.started += time.monotonic() - at

    def left(self):
        return max(0.0, self.limit - self.seconds())

    def incumbent(self, taken):
        """Takes in an assignment."""
        costs = self.statement.costs(taken)
        if costs is not None and (self.best is None or costs < self.best):
            self.best = costs
            self.tell()

    def cost(self, cost):
        """Takes in what an incumbent costs in the tier at work, where the peer
        does not show the incumbent itself."""
        cost = round(cost)
        if self.best is None or self.best[self.tier] is None or cost < self.best[self.tier]:
            self.best = (self.best or [None] * len(self.known))[: self.tier] + [cost]
            self.best += [None] * (len(self.known) - len(self.best))
            self.tell()

    def bound(self, bound):
        """Takes in a bound of the tier at work; costs are whole."""
        if abs(bound) > 1e15:
            return
        bound = int(np.ceil(bound - 1e-6))
        if self.best is not None and self.best[self.tier] is not None:
            bound = min(bound, self.best[self.tier])
        if bound > self.known[self.tier]:
            self.known[self.tier] = bound
            self.tell()

    def tell(self):
        print(json.dumps({"seconds": round(self.seconds(), 3), "tier": self.tier + 1, "costs": self.best, "bounds": self.known}), flush=True)

    def tiers(self, minimize, limit_tier):
        """Minimizes tier by tier: minimize(tier) gives what the tier costs at
        least, None where that is not proven; limit_tier(tier, cost) keeps a cost
        from then on."""
        for tier in range(len(self.known)):
            self.tier = tier
            proven = minimize(tier)
            if proven is None:
                break
            if self.best is None or self.best[tier] != round(proven):
                raise SystemExit(f"claims {proven} in tier {tier + 1}; its plan costs {self.best}")
            self.known[tier] = self.best[tier]
            self.tier = tier + 1
            self.tell()
            if tier + 1 < len(self.known):
                limit_tier(tier, self.best[tier])
        self.end()

    def end(self):
        peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
        try:
            with open("/proc/self/status", encoding="ascii") as file:
                own = [line for line in file if line.startswith("VmHWM")]
            peak = max(peak, int(own[0].split()[1]) // 1024)
        except OSError:
            peak = max(peak, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)
        print(json.dumps({"seconds": round(self.seconds(), 3), "memory": peak}), flush=True)


def arguments():
    """Gives the statement and the run: SCRIPT STATEMENT.json SECONDS."""
    statement = Statement(sys.argv[1])
    return statement, Run(statement, float(sys.argv[2]))
