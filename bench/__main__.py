"""Time every case and print the ratios: ``python -m bench [--write] [word …]``.

Words choose the cases whose line holds them all; ``--write`` keeps a full run for the page.
"""

import os
import sys

# before NumPy and the others start their threads
for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[variable] = "1"
os.environ["XLA_FLAGS"] = "--xla_cpu_multi_thread_eigen=false intra_op_parallelism_threads=1"

from bench import accuracy, cases, clock, record  # noqa: E402

ROUNDS = 7


def main() -> int:
    words = [word for word in sys.argv[1:] if word != "--write"]
    cases.single_threads()
    print("our time by theirs, median of", ROUNDS, "rounds; ! is above the goal")
    print(f"not installed, so not beside: {', '.join(record.missing()) or 'none'}")
    rows = []
    for case in cases.everything():
        line = f"{case.function}: {case.input}, {case.dtype}"
        if not all(word in line for word in words):
            continue
        ratios = clock.ratios(cases.calls(case), ROUNDS)
        rows.append(record.row(case, ratios))
        shown = ", ".join(f"{name} {ratio:.2f}" for name, ratio in ratios.items())
        mark = "!" if next(iter(ratios.values())) > case.goal else " "
        print(f"{mark} {line:<70} {case.goal:.2f} | {shown}", flush=True)
    if "--write" in sys.argv and not words:
        record.write({"rows": rows, "sums": accuracy.sums()})
    return 0


if __name__ == "__main__":
    sys.exit(main())
