# Adds up what multipliers show of a program, from these two files alone:
#
#   python3 recompute.py part-1.program.txt.gz part-1-tier-3.multipliers.txt
import gzip
import sys


def lines(name):
    return [line.split() for line in (gzip.open if name.endswith(".gz") else open)(name, "rt")]


program, prices = lines(sys.argv[1]), lines(sys.argv[2])
named = {words[0]: [int(n) for n in words[1:]] for words in prices if words[0] in ("tier", "parts", "bound")}
tier, parts, bound = named["tier"][0], named["parts"][0], named["bound"][0]
budgets = [(int(w[2]), int(w[3])) for w in prices if w[0] == "budget"]
of_row = {int(w[1]): int(w[2]) for w in prices if w[0] == "row"}
factors = [multiplier for _, multiplier in budgets] + [parts]  # by tier, up to the one that is bounded

total, row, up_to, cheapest = 0, 0, [0], []
for word, *rest in program:
    costs = sum(factor * int(n) for factor, n in zip(factors, rest))
    if word == "due":
        total += costs - sum(most * multiplier for most, multiplier in budgets)
    elif word in ("hard", "soft"):
        row += 1
        price = of_row.get(row, 0)
        most_price = price if word == "hard" else int(rest[1]) * (factors + [0] * 99)[int(rest[0]) - 1]
        assert 0 <= price <= most_price, f"the multiplier of row {row}"
        total -= price * int(rest[-1])
        up_to.append(up_to[-1] + price)
    elif word == "block":
        cheapest.append(None)
    elif word == "choice":
        for use in (n for n in rest if ":" in n):
            rows, amount = use.split(":")
            first, last = (rows.split("-") * 2)[:2]
            costs += (up_to[int(last)] - up_to[int(first) - 1]) * int(amount)
        cheapest[-1] = costs if cheapest[-1] is None else min(cheapest[-1], costs)
total += sum(cheapest)
least = -(-total // parts)
assert least >= bound, f"the sums make {least}, not {bound}"
print(f"Nothing costs less than {least} in tier {tier}.")
