"""The statement as a mixed-integer program: a binary for each choice, and for
each priced row how far it is over its most."""

import highspy
import numpy as np


def program(s):
    """Gives the program without objective. Columns are the choices and then the
    excess of each priced row."""
    n, blocks = s.choices, len(s.blocks) - 1
    lp = highspy.HighsLp()
    lp.num_col_ = n + len(s.priced)
    lp.num_row_ = blocks + len(s.most)
    lp.col_cost_ = np.zeros(lp.num_col_)
    lp.col_lower_ = np.zeros(lp.num_col_)
    lp.col_upper_ = np.concatenate((np.ones(n), np.full(len(s.priced), highspy.kHighsInf)))
    lp.integrality_ = [highspy.HighsVarType.kInteger] * n + [highspy.HighsVarType.kContinuous] * len(s.priced)
    lp.row_lower_ = np.concatenate((np.ones(blocks), np.full(len(s.most), -highspy.kHighsInf)))
    lp.row_upper_ = np.concatenate((np.ones(blocks), s.most.astype(float)))
    # The excess of a priced row comes after the row's own entries.
    lengths = np.diff(s.start)
    more = np.zeros(len(s.most), dtype=np.int64)
    more[s.priced] = 1
    at = s.start[s.priced + 1]
    lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    lp.a_matrix_.start_ = np.concatenate((s.blocks, s.blocks[-1] + np.cumsum(lengths + more)))
    lp.a_matrix_.index_ = np.concatenate((np.arange(n), np.insert(s.choice, at, n + np.arange(len(s.priced)))))
    lp.a_matrix_.value_ = np.concatenate((np.ones(n), np.insert(s.amount, at, -1).astype(float)))
    return lp


def objective(s, tier):
    """Gives what the columns cost in a tier; what is due comes on top."""
    prices = np.where(s.tier[s.priced] == tier, s.weight[s.priced], 0)
    return np.concatenate((s.cost[tier], prices)).astype(float)


def load(s):
    """Gives HiGHS with the program loaded."""
    h = highspy.Highs()
    h.setOptionValue("output_flag", False)
    if h.passModel(program(s)) == highspy.HighsStatus.kError:
        raise SystemExit("HiGHS does not take the program")
    return h


def set_objective(h, s, tier):
    costs = objective(s, tier)
    h.changeColsCost(len(costs), np.arange(len(costs), dtype=np.int32), costs)
    h.changeObjectiveOffset(float(s.due[tier]))


def limit_tier(h, s, tier, cost):
    """Keeps the cost of a tier from now on."""
    costs = objective(s, tier)
    of = np.flatnonzero(costs).astype(np.int32)
    h.addRow(-highspy.kHighsInf, float(cost - s.due[tier]), len(of), of, costs[of])
