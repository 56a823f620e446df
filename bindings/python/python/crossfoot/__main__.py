"""The command `crossfoot`."""

import signal
import sys

from . import _crossfoot


def main() -> int:
    """Runs the command with the arguments of this process."""
    # While Rust runs, Python does not come to handle it.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    return _crossfoot.command(["crossfoot", *sys.argv[1:]], _crossfoot.__file__ or "")


if __name__ == "__main__":
    sys.exit(main())
