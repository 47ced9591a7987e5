# Reads rules of repetition as JSON, [[start, rule], ...], from standard input
# and writes for each the first occurrences after the start as dateutil finds
# them, at most as many as the argument says, none after 2050.
import datetime
import itertools
import json
import sys

from dateutil.rrule import rrulestr

# dateutil looks as far as this for the next occurrence of a rule, even of one
# that means no day at all.
datetime.MAXYEAR = 2050

most = int(sys.argv[1])
out = []
for start, rule in json.load(sys.stdin):
    first = datetime.datetime.strptime(start, "%Y%m%dT%H%M%S")
    after = (t for t in rrulestr(rule, dtstart=first) if t > first)
    out.append([t.strftime("%Y%m%dT%H%M%S") for t in itertools.islice(after, most)])
json.dump(out, sys.stdout)
