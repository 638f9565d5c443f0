"""Run every benchmark in its own process, so that none warms another's caches."""

import subprocess
import sys
from pathlib import Path

ORDER = ("hear", "sound", "stream", "taste", "trial", "novelty", "page")


def main() -> int:
    """Run the benchmarks in order and return 1 if any failed."""
    here = Path(__file__).parent
    failed = False
    for name in ORDER:
        if (here / f"{name}.py").exists() or (here / name).is_dir():
            print(f"\n== {name}", flush=True)
            run = subprocess.run([sys.executable, "-m", f"benchmarks.{name}"])
            failed |= run.returncode != 0
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
