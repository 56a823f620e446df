//! Changes to a claims file that leave every other byte of it as it is.

use std::collections::HashMap;
use std::fmt::Write as _;
use std::ops::Range;

use jiff::civil::Date;
use toml_edit::{Document, Item, Table, Value};

use crate::checks::Check;
use crate::claim::{ClaimsFile, State};
use crate::draft::record::{NewAssert, NewClaim, Recorded};
use crate::finding::Finding;
use crate::shape::quoted;
use crate::source::Span;

/// Why a claims file cannot be changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unwritable(pub String);

/// A claims file that is being changed.
#[derive(Debug)]
pub struct Edits<'t> {
    text: &'t str,
    document: Document<&'t str>,
    /// Which table each claim is.
    at: HashMap<String, usize>,
    /// What takes the place of what, in the order in which it was asked for.
    splices: Vec<(Range<usize>, String)>,
}

/// A new claims file.
pub fn new_file(article: &str, published: Option<Date>, recorded: &Recorded) -> String {
    let mut text = String::from(
        "# Figures and dates of the article, as `crossfoot record` found them, and the relations it saw.\n\
         # Correct what it got wrong, add sources; running it again keeps what you wrote.\n\n",
    );
    key(&mut text, "article", &quoted(article));
    if let Some(day) = published {
        key(&mut text, "published", &day.to_string());
    }
    for claim in &recorded.claims {
        text.push('\n');
        text.push_str(&claim_block(claim));
    }
    for assert in &recorded.asserts {
        text.push('\n');
        text.push_str(&assert_block(assert));
    }
    text
}

/// A claims file with what its article states beside it: what is new is added, what is gone is marked,
/// what is back is not marked any more, paragraphs are counted anew.
///
/// # Errors
/// If the file cannot be changed.
pub fn updated(text: &str, file: &ClaimsFile, added: &Recorded) -> Result<String, Unwritable> {
    let mut edits = Edits::new(text)?;
    for claim in file.claims.all() {
        match claim.state {
            Some(State::Gone) if !claim.is_gone => edits.set(&claim.id, "gone", "true"),
            Some(State::Same | State::Moved | State::Reworded) => {
                if claim.is_gone {
                    edits.unset(&claim.id, "gone");
                }
                if let (Some(_), Some(now)) = (claim.paragraph, claim.stands_in) {
                    edits.set(&claim.id, "paragraph", &now.to_string());
                }
            }
            _ => {}
        }
    }
    for (id, sentence) in &added.sentences {
        edits.set_text(id, "sentence", sentence);
    }
    let ids: Vec<String> = file.claims.all().iter().map(|claim| claim.id.clone()).collect();
    edits.add(added, &ids);
    Ok(edits.finish())
}

/// The finding that says so.
pub fn unwritable(reason: &Unwritable, file: Span) -> Finding {
    let message = format!("the claims file cannot be changed: {}", reason.0);
    Finding::broken(Check::UnwritableClaims, message, file)
}

fn key(out: &mut String, name: &str, value: &str) {
    let _ = writeln!(out, "{name:<9} = {value}");
}

fn claim_block(claim: &NewClaim) -> String {
    let mut out = String::from("[[claim]]\n");
    key(&mut out, "id", &quoted(&claim.id));
    key(&mut out, "quote", &quoted(&claim.quote));
    let texts = [
        ("prefix", claim.prefix.as_deref()),
        ("suffix", claim.suffix.as_deref()),
        ("sentence", claim.sentence.as_deref()),
        ("value", Some(&*claim.value)),
        ("subject", claim.subject.as_deref()),
        ("measure", claim.measure.as_deref()),
        ("when", claim.when.as_deref()),
    ];
    for (name, text) in texts {
        if let Some(text) = text {
            key(&mut out, name, &quoted(text));
        }
    }
    if let Some(url) = &claim.url {
        key(&mut out, "source", &format!("{{ url = {} }}", quoted(url)));
    }
    if let Some(note) = &claim.note {
        key(&mut out, "note", &quoted(note));
    }
    key(&mut out, "paragraph", &claim.paragraph.to_string());
    out
}

fn assert_block(assert: &NewAssert) -> String {
    let mut out = String::from("[[assert]]\n");
    key(&mut out, "rule", &quoted(&assert.rule));
    for (role, is_list, ids) in &assert.roles {
        let ids: Vec<String> = ids.iter().map(|id| quoted(id)).collect();
        let value = if *is_list { format!("[{}]", ids.join(", ")) } else { ids.join("") };
        key(&mut out, role, &value);
    }
    if let Some(severity) = assert.severity {
        key(&mut out, "severity", &quoted(severity.as_str()));
    }
    out
}

impl<'t> Edits<'t> {
    /// Opens a claims file.
    ///
    /// # Errors
    /// If it is not TOML, or its claims are no `[[claim]]` tables.
    pub fn new(text: &'t str) -> Result<Self, Unwritable> {
        let document = Document::parse(text).map_err(|error| Unwritable(error.to_string()))?;
        for name in ["claim", "assert"] {
            if document.get(name).is_some_and(|item| !item.is_array_of_tables()) {
                let reason = format!("`{name}` is a list in one line; write `[[{name}]]` tables");
                return Err(Unwritable(reason));
            }
        }
        let claims = document.get("claim").and_then(Item::as_array_of_tables);
        let ids = claims.into_iter().flat_map(|claims| claims.iter().enumerate());
        let mut at = HashMap::new();
        for (index, table) in ids {
            if let Some(id) = table.get("id").and_then(Item::as_str) {
                at.entry(id.to_owned()).or_insert(index);
            }
        }
        Ok(Self { text, document, at, splices: Vec::new() })
    }

    /// The text with all changes.
    pub fn finish(mut self) -> String {
        // What is put in at one place keeps its order.
        self.splices.sort_by_key(|(range, _)| (range.start, range.end));
        let has_crlf = self.text.contains("\r\n");
        let mut out = String::with_capacity(self.text.len() + 1024);
        let mut at = 0;
        for (range, text) in self.splices {
            let start = range.start.max(at);
            out.push_str(&self.text[at..start]);
            out.push_str(&if has_crlf { text.replace('\n', "\r\n") } else { text });
            at = range.end.max(start);
        }
        out.push_str(&self.text[at..]);
        out
    }

    /// Adds claims, each behind the one that stands before it in the article, and asserts at the end.
    /// `ids` are those of the file, in its order.
    pub fn add(&mut self, recorded: &Recorded, ids: &[String]) {
        for claim in &recorded.claims {
            let before = claim.after.and_then(|at| ids.get(at));
            let at = match before.and_then(|id| self.claim(id)) {
                Some(table) => self.end_of(table),
                None => self.end_of_head(),
            };
            let block = format!("\n{}", claim_block(claim));
            self.insert_lines(at, &block);
        }
        for assert in &recorded.asserts {
            let block = format!("\n{}", assert_block(assert));
            self.insert_lines(self.text.len(), &block);
        }
    }

    /// Gives a claim a text under a key.
    pub fn set_text(&mut self, id: &str, name: &str, text: &str) {
        self.set(id, name, &quoted(text));
    }

    /// Gives a claim a number or a flag under a key.
    pub fn set(&mut self, id: &str, name: &str, value: &str) {
        let Some(table) = self.claim(id) else { return };
        if let Some(span) = table.get(name).and_then(Item::span) {
            if self.text[span.clone()] != *value {
                self.splices.push((span, value.to_owned()));
            }
            return;
        }
        let at = self.end_of_keys(table);
        let column = self.column_of_values(table);
        self.insert_lines(at, &format!("{name:<column$} = {value}\n"));
    }

    /// Takes a key from a claim, with its line. Where a remark stands behind it, a flag is set to `false`
    /// instead, and a text is left empty.
    pub fn unset(&mut self, id: &str, name: &str) {
        let Some(table) = self.claim(id) else { return };
        let (Some(key), Some(item)) = (table.key(name), table.get(name)) else { return };
        let (Some(key), Some(value)) = (key.span(), item.span()) else { return };
        // A remark behind it stays, and so does the key that it is about.
        let rest = self.text[value.end..].lines().next().unwrap_or_default();
        if !rest.trim().is_empty() {
            let is_flag = matches!(item.as_value(), Some(Value::Boolean(_)));
            let empty = if is_flag { "false" } else { "\"\"" };
            self.splices.push((value, empty.to_owned()));
            return;
        }
        let start = self.text[..key.start].rfind('\n').map_or(0, |at| at + 1);
        self.splices.push((start..self.end_of_line(value.end), String::new()));
    }

    fn claim(&self, id: &str) -> Option<&Table> {
        let claims = self.document.get("claim")?.as_array_of_tables()?;
        claims.get(*self.at.get(id)?)
    }

    /// Where the next line begins behind a byte.
    fn end_of_line(&self, at: usize) -> usize {
        self.text[at..].find('\n').map_or(self.text.len(), |end| at + end + 1)
    }

    /// Where the line behind a table begins, with the tables in it.
    fn end_of(&self, table: &Table) -> usize {
        self.end_of_line(last_byte(table, true))
    }

    /// The same without the tables in it.
    fn end_of_keys(&self, table: &Table) -> usize {
        self.end_of_line(last_byte(table, false))
    }

    /// Where the line begins behind the keys at the top of the file.
    fn end_of_head(&self) -> usize {
        match last_byte(self.document.as_table(), false) {
            0 => 0,
            end => self.end_of_line(end),
        }
    }

    /// The letters that keys are padded to, as the claim's id is.
    fn column_of_values(&self, table: &Table) -> usize {
        let Some(key) = table.key("id").and_then(toml_edit::Key::span) else { return 0 };
        let rest = &self.text[key.start..];
        let equals = rest.find('=').unwrap_or(0);
        rest[..equals].chars().count().saturating_sub(1)
    }

    fn insert_lines(&mut self, at: usize, lines: &str) {
        let is_unfinished = at != 0 && !self.text[..at].ends_with('\n');
        let is_first_here = !self.splices.iter().any(|(range, _)| *range == (at..at));
        let before = if is_unfinished && is_first_here { "\n" } else { "" };
        self.splices.push((at..at, format!("{before}{lines}")));
    }
}

/// The end of the last value of a table; of the values of tables in it too, where asked for.
fn last_byte(table: &Table, deep: bool) -> usize {
    let own = table.span().map_or(0, |span| span.start);
    let values = table.iter().map(|(_, item)| match item {
        Item::Table(inner) if deep || inner.is_dotted() => last_byte(inner, deep),
        Item::Table(_) | Item::ArrayOfTables(_) | Item::None => 0,
        Item::Value(value) => value.span().map_or(0, |span| span.end),
    });
    values.fold(own, usize::max)
}
