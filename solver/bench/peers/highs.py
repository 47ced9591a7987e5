"""HiGHS on a statement: python highs.py STATEMENT.json SECONDS"""

import highspy
import numpy as np

import mip
import statement


def main():
    s, run = statement.arguments()
    h = mip.load(s)
    # Costs are whole: a gap below 1 is none.
    for option, value in (("threads", 2), ("mip_rel_gap", 0.0), ("mip_abs_gap", 0.99)):
        h.setOptionValue(option, value)
    h.cbMipImprovingSolution += lambda event: run.incumbent(np.array(event.data_out.mip_solution)[: s.choices])
    h.cbMipInterrupt += lambda event: run.bound(event.data_out.mip_dual_bound)
    h.cbMipLogging += lambda event: run.bound(event.data_out.mip_dual_bound)

    def minimize(tier):
        # No tier starts from the plan of the one before: given it by setSolution,
        # HiGHS 1.16.0 handed it back as optimal, with an objective that was not its own.
        mip.set_objective(h, s, tier)
        h.setOptionValue("time_limit", h.getRunTime() + run.left())  # its clock runs on
        h.run()
        info = h.getInfo()
        if info.primal_solution_status == int(highspy.SolutionStatus.kSolutionStatusFeasible):
            run.incumbent(np.array(h.getSolution().col_value)[: s.choices])
        run.bound(info.mip_dual_bound)
        return info.objective_function_value if h.getModelStatus() == highspy.HighsModelStatus.kOptimal else None

    run.begin("HiGHS " + h.version())
    run.tiers(minimize, lambda tier, cost: mip.limit_tier(h, s, tier, cost))


if __name__ == "__main__":
    main()
