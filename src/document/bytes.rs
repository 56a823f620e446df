//! Sets of bytes, for a first look at a text.

/// Which bytes are in a set.
pub(super) struct ByteSet([bool; 256]);

impl ByteSet {
    /// A set of these.
    pub(super) const fn new(bytes: &[u8]) -> Self {
        let mut set = [false; 256];
        let mut at = 0;
        while at < bytes.len() {
            set[bytes[at] as usize] = true;
            at += 1;
        }
        Self(set)
    }

    /// The first place in a text where one of them stands.
    pub(super) fn find(&self, text: &[u8]) -> Option<usize> {
        text.iter().position(|&byte| self.0[usize::from(byte)])
    }
}
