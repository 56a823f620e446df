# What `.ci/run` and its parts share. They source it from the top of the repository.

export CI=${CI:-true} CARGO_TERM_COLOR=never INSTA_UPDATE=no INSTA_FORCE_PASS=0

step() { printf '\n== %s\n' "$*"; "$@"; }

# `needs PROGRAM PACKAGE…` notes packages of Debian where a program is missing, `install_missing` installs them.
missing=()
needs() { command -v "$1" >/dev/null 2>&1 || missing+=("${@:2}"); }
install_missing() {
    [ ${#missing[@]} -eq 0 ] && return
    apt-get update -qq
    apt-get install -y -qq --no-install-recommends "${missing[@]}"
    missing=()
}

needs_rust() {
    command -v cargo >/dev/null 2>&1 && return
    apt-get update -qq && apt-get install -y -qq rustup gcc ||
        { echo "Rust 1.88 or later is needed: https://www.rust-lang.org/tools/install" >&2; exit 1; }
    rustup toolchain install stable --profile minimal
    export PATH="$HOME/.cargo/bin:$PATH"
}

# Runs the tests of a module that plain `cargo test` leaves out. That there are none is a failure: a
# filter that fits nothing would pass. `features` says with which features.
ignored() {
    step cargo test --locked ${features:+--features "$features"} --test it "$1::" -- --ignored |
        tee /dev/stderr | grep '^test result: ok\. [1-9]' >/dev/null
}
