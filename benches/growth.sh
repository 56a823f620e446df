#!/bin/sh
# Measures how the work grows on inputs that are made to be costly: time, ratios, peak memory.
# `benches/growth.sh --only chain,sums` runs some of them; the rest is in benches/growth.py.
set -eu
cd "$(dirname "$0")/.."
cargo build --release --locked
exec python3 benches/growth.py --binary "${CARGO_TARGET_DIR:-target}/release/crossfoot" "$@"
