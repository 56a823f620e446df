//! What is packed, unpacked as it is read.

use std::io::{self, BufRead, Read};

use flate2::bufread::MultiGzDecoder;
use ruzstd::decoding::errors::{FrameDecoderError, ReadFrameHeaderError};
use ruzstd::decoding::{BlockDecodingStrategy, FrameDecoder};

/// The most bytes that a frame may refer back to, which are kept: what `zstd --long` writes by itself.
const LARGEST_WINDOW: u64 = 128 << 20;

/// Unpacks gzip, of one part or of several.
pub(super) fn gunzip(input: impl BufRead) -> impl Read {
    MultiGzDecoder::new(input)
}

/// Unpacks Zstandard, of one frame or of several. The decoder knows frames only one by one.
pub(super) struct Frames<R> {
    input: R,
    decoder: FrameDecoder,
    /// Whether a frame has begun and is not over.
    is_within: bool,
}

impl<R: BufRead> Frames<R> {
    pub(super) fn new(input: R) -> Self {
        let mut decoder = FrameDecoder::new();
        decoder.set_max_window_size(LARGEST_WINDOW);
        Self { input, decoder, is_within: false }
    }

    /// Begins the next frame; `false` where there is none.
    fn begin(&mut self) -> io::Result<bool> {
        while !self.input.fill_buf()?.is_empty() {
            match self.decoder.reset(&mut self.input) {
                Ok(()) => {
                    self.is_within = true;
                    return Ok(true);
                }
                Err(FrameDecoderError::ReadFrameHeaderError(ReadFrameHeaderError::SkipFrame {
                    length,
                    ..
                })) => self.skip(length)?,
                Err(error) => return Err(broken(&error)),
            }
        }
        Ok(false)
    }

    /// Passes over a frame that has something else in it, as tables of contents are.
    fn skip(&mut self, length: u32) -> io::Result<()> {
        let length = u64::from(length);
        let skipped = io::copy(&mut (&mut self.input).take(length), &mut io::sink())?;
        if skipped == length { Ok(()) } else { Err(io::ErrorKind::UnexpectedEof.into()) }
    }

    /// Ends a frame, whose sum must be right if it has one.
    fn end(&mut self) -> io::Result<()> {
        self.is_within = false;
        let (stated, counted) =
            (self.decoder.get_checksum_from_data(), self.decoder.get_calculated_checksum());
        if stated.is_some() && stated != counted {
            return Err(broken(&"the sum at the end of a frame is another one"));
        }
        Ok(())
    }
}

fn broken(what: &dyn std::fmt::Display) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, format!("this is no Zstandard: {what}"))
}

impl<R: BufRead> Read for Frames<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if buffer.is_empty() {
            return Ok(0);
        }
        loop {
            if !self.is_within && !self.begin()? {
                return Ok(0);
            }
            while self.decoder.can_collect() == 0 && !self.decoder.is_finished() {
                let blocks = BlockDecodingStrategy::UptoBlocks(1);
                let done = self.decoder.decode_blocks(&mut self.input, blocks);
                done.map_err(|error| broken(&error))?;
            }
            match self.decoder.read(buffer)? {
                0 => self.end()?,
                count => return Ok(count),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use ruzstd::encoding::{CompressionLevel, compress_to_vec};

    use super::*;

    fn unpacked(packed: &[u8]) -> io::Result<String> {
        let mut text = String::new();
        Frames::new(packed).read_to_string(&mut text).map(|_| text)
    }

    #[test]
    fn frames_are_joined_and_others_passed_over() {
        let one = compress_to_vec(&b"one "[..], CompressionLevel::Fastest);
        let skipped = [&0x184D_2A50_u32.to_le_bytes()[..], &3_u32.to_le_bytes(), b"abc"].concat();
        let two = compress_to_vec(&b"two"[..], CompressionLevel::Uncompressed);
        let all = [&one[..], &skipped, &two].concat();
        assert_eq!(unpacked(&all).unwrap(), "one two");
        assert_eq!(unpacked(b"").unwrap(), "");
        for cut in [1, one.len() - 1, one.len() + 2, one.len() + 9, all.len() - 1] {
            assert!(unpacked(&all[..cut]).is_err(), "{cut}");
        }
    }

    #[test]
    fn a_frame_that_was_altered_is_no_frame() {
        let mut packed = compress_to_vec(&b"50 percent"[..], CompressionLevel::Uncompressed);
        let at = packed.windows(2).position(|two| two == b"50").unwrap();
        packed[at] = b'6';
        assert!(unpacked(&packed).unwrap_err().to_string().contains("another one"));
    }
}
