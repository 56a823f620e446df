//! Fields: what they show is text, what makes it is none (ECMA-376 Part 1, 17.16).

/// The most bytes of an instruction that are kept.
const LONGEST: usize = 2048;

/// A field that is open.
#[derive(Debug, Default)]
struct Field {
    instruction: String,
    /// Whether what follows is what it shows.
    shows: bool,
    /// Whether that repeats what stands elsewhere.
    repeats: bool,
    /// Whether it is a link.
    links: bool,
}

/// The fields that are open, the innermost last.
#[derive(Debug, Default)]
pub(super) struct Fields(Vec<Field>);

impl Fields {
    pub(super) fn begin(&mut self) {
        self.0.push(Field::default());
    }

    pub(super) fn instruct(&mut self, text: &str) {
        if let Some(field) = self.0.last_mut().filter(|field| !field.shows)
            && field.instruction.len() + text.len() <= LONGEST
        {
            field.instruction.push_str(text);
        }
    }

    /// What follows is shown. Returns the address, if the field is a link.
    pub(super) fn separate(&mut self) -> Option<String> {
        let field = self.0.last_mut()?;
        field.shows = true;
        field.repeats = repeats(&field.instruction);
        let address = address(&field.instruction)?;
        field.links = true;
        Some(address)
    }

    /// The innermost ends. Returns whether it was a link.
    pub(super) fn end(&mut self) -> bool {
        self.0.pop().is_some_and(|field| field.links)
    }

    /// Whether text is shown here.
    pub(super) fn show(&self) -> bool {
        self.0.iter().all(|field| field.shows && !field.repeats)
    }

    /// Whether all have ended.
    pub(super) fn are_closed(&self) -> bool {
        self.0.is_empty()
    }
}

/// Whether a field lists what stands elsewhere: headings with their pages, entries of an index.
pub(super) fn repeats(instruction: &str) -> bool {
    let name = instruction.split_whitespace().next().unwrap_or_default();
    ["TOC", "TOA", "INDEX"].iter().any(|known| name.eq_ignore_ascii_case(known))
}

/// The address of a link (17.16.5.25).
fn address(instruction: &str) -> Option<String> {
    let rest = instruction.trim_start();
    let name =
        rest.get(.."HYPERLINK".len()).filter(|name| name.eq_ignore_ascii_case("HYPERLINK"))?;
    let inner = rest[name.len()..].split('"').nth(1)?;
    inner.contains(':').then(|| inner.to_owned())
}
