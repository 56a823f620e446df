//! The form quotes are compared in, mapped back to the bytes of its source.

/// A text with white space folded and typographic quotation marks made straight.
///
/// A hard-wrapped line, a doubled space or a curled apostrophe does not keep a quote from being
/// found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Folded {
    text: String,
    /// For each byte of `text`, the byte of the original it came from, and the original's length.
    origin: Vec<usize>,
}

impl Folded {
    /// Folds a text.
    pub fn new(original: &str) -> Self {
        let mut folded = Self { text: String::new(), origin: Vec::new() };
        let mut in_space = true;
        for (at, c) in original.char_indices() {
            let space = c.is_whitespace() || c == '\u{feff}';
            if space && in_space {
                continue;
            }
            in_space = space;
            folded.push(if space { ' ' } else { straight(c) }, at);
        }
        if folded.text.ends_with(' ') {
            folded.text.pop();
            folded.origin.pop();
        }
        let end = original.trim_end().len();
        folded.origin.push(end);
        folded
    }

    fn push(&mut self, c: char, at: usize) {
        self.text.push(c);
        self.origin.resize(self.text.len(), at);
    }

    /// The folded text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The byte of the original that a byte of the folded text came from; the end of the one for the
    /// end of the other.
    pub fn original(&self, at: usize) -> usize {
        self.origin[at.min(self.origin.len() - 1)]
    }

    /// The first byte of the folded text that came from a byte of the original or from behind it.
    pub fn folded(&self, original: usize) -> usize {
        self.origin.partition_point(|&origin| origin < original).min(self.text.len())
    }
}

fn straight(c: char) -> char {
    match c {
        '‘' | '’' | '‛' | '′' => '\'',
        '“' | '”' | '„' | '‟' | '«' | '»' => '"',
        c => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_text_has_no_places() {
        assert_eq!(Folded::new(" \n ").text(), "");
        assert_eq!(Folded::new("").original(0), 0);
    }
}
