"""Checks a DRAT proof with dratify: check.py FORMULA PROOF prints "refuted" or "not refuted"."""

import sys
from pathlib import Path

from dratify import check_proof, parse_dimacs

result = check_proof(parse_dimacs(Path(sys.argv[1]).read_text()), Path(sys.argv[2]).read_text(), engine="python")
print("refuted" if result.ok and result.reached_empty else "not refuted")
