# docker build -t crossfoot .
# docker run --rm --user "$(id -u):$(id -g)" -v "$PWD:/desk" crossfoot check

FROM rust:1-slim-trixie AS builder
WORKDIR /build
# Cargo wants every target that Cargo.toml names, so benches and tests too.
COPY Cargo.toml Cargo.lock build.rs README.md LICENSE-APACHE LICENSE-MIT ./
COPY bindings bindings
COPY rules rules
COPY src src
COPY benches benches
COPY tests tests
COPY web web
RUN web/build && cargo build --release --locked --features full

# The same release of Debian, for the same C library.
FROM debian:trixie-slim
# `diff` and `--changed-since` run git.
RUN apt-get update \
    && apt-get install --yes --no-install-recommends git \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --uid 1000 crossfoot
COPY LICENSE-APACHE LICENSE-MIT /usr/share/doc/crossfoot/
COPY --from=builder /build/target/release/crossfoot /usr/local/bin/crossfoot
USER crossfoot
WORKDIR /desk
ENTRYPOINT ["crossfoot"]
