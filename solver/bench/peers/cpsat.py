"""CP-SAT on a statement: python cpsat.py STATEMENT.json SECONDS"""

import ortools
from ortools.sat.python import cp_model

import statement


class Incumbents(cp_model.CpSolverSolutionCallback):
    def __init__(self, run, x):
        super().__init__()
        self.run, self.x, self.taken = run, x, None

    def on_solution_callback(self):
        self.taken = [self.boolean_value(v) for v in self.x]
        self.run.incumbent(self.taken)


def main():
    s, run = statement.arguments()
    model = cp_model.CpModel()
    x = [model.new_bool_var("") for _ in range(s.choices)]
    for first, end in zip(s.blocks[:-1], s.blocks[1:]):
        model.add_exactly_one(x[first:end])
    over = [[] for _ in s.titles]  # by tier: excess and price of rows
    for r, tier in enumerate(s.tier):
        choices, amounts = s.row(r)
        used = cp_model.LinearExpr.weighted_sum([x[c] for c in choices], amounts.tolist())
        if tier >= 0:
            excess = model.new_int_var(0, int(amounts[amounts > 0].sum()) + max(0, -int(s.most[r])), "")
            over[tier].append((excess, int(s.weight[r])))
            used = used - excess
        model.add(used <= int(s.most[r]))

    def cost(tier):
        at = s.cost[tier].nonzero()[0]
        vars_ = [x[c] for c in at] + [e for e, _ in over[tier]]
        prices = s.cost[tier][at].tolist() + [w for _, w in over[tier]]
        return cp_model.LinearExpr.weighted_sum(vars_, prices) + int(s.due[tier])

    incumbents = Incumbents(run, x)

    def minimize(tier):
        model.minimize(cost(tier))
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = 2
        solver.parameters.max_time_in_seconds = run.left()
        solver.best_bound_callback = run.bound
        if incumbents.taken is not None:
            model.clear_hints()
            for v, value in zip(x, incumbents.taken):
                model.add_hint(v, value)
        status = solver.solve(model, incumbents)
        if status in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            run.bound(solver.best_objective_bound)
        return solver.objective_value if status == cp_model.OPTIMAL else None

    run.begin("CP-SAT " + ortools.__version__)
    run.tiers(minimize, lambda tier, most: model.add(cost(tier) <= most))


if __name__ == "__main__":
    main()
