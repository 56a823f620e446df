#!/usr/bin/env bash
# ruzstd 0.9.1 (crates.io): `StreamingDecoder` hands out a frame whose content checksum is wrong, and says nothing.
#
# A frame of Zstandard may end with a checksum of its content (RFC 8878, 3.1.1), and the `zstd` command writes one and
# refuses a frame where it does not fit. The documentation of `StreamingDecoder` says nothing of it. One would expect an error at
# the end of the frame. `read_to_end` is `Ok`, with the altered bytes; the decoder has read the one checksum and counted the
# other, and leaves it to the caller to compare `get_checksum_from_data()` with `get_calculated_checksum()`. So a bit that
# flips in a stored block makes "50 percent" into "60 percent" without a word. `src/load/unpack.rs` compares them.
#
# Seen: read Ok("Rents rose 60 percent."), checksums equal: false.
# Needs cargo. Exits 0 while this is so, 1 when it changed.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
mkdir "$folder/src"
cat > "$folder/Cargo.toml" <<'TOML'
[package]
name = "probe"
version = "0.0.0"
edition = "2024"
[dependencies]
ruzstd = "=0.9.1"
[workspace]
TOML
cat > "$folder/src/main.rs" <<'RUST'
use std::io::Read;

use ruzstd::decoding::StreamingDecoder;
use ruzstd::encoding::{CompressionLevel, compress_to_vec};

fn main() {
    let mut frame = compress_to_vec(&b"Rents rose 50 percent."[..], CompressionLevel::Uncompressed);
    let at = frame.windows(2).position(|two| two == b"50").unwrap();
    frame[at] = b'6';
    let mut decoder = StreamingDecoder::new(&frame[..]).unwrap();
    let mut text = String::new();
    let read = decoder.read_to_string(&mut text).map(|_| text);
    let (stated, counted) =
        (decoder.decoder.get_checksum_from_data(), decoder.decoder.get_calculated_checksum());
    assert!(stated.is_some() && counted.is_some());
    let is_equal = stated == counted;
    println!("read {read:?}, checksums equal: {is_equal}");
    let is_so = read.is_ok_and(|text| text == "Rents rose 60 percent.") && !is_equal;
    std::process::exit(i32::from(!is_so));
}
RUST
cd "$folder"
CARGO_TARGET_DIR="$folder/target" cargo run --quiet
