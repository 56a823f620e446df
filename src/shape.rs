//! TOML that a person writes, read with the place of every byte and every mistake as a finding.
//!
//! A [`Shape`] lists the keys of a table once; the reader and the JSON Schemas both follow it.

#[cfg(feature = "report")]
use serde_json::{Map, Value as Json, json};
use strsim::damerau_levenshtein;
use toml::Spanned;
use toml::de::{DeString, DeTable, DeValue};

use crate::checks::Check;
use crate::finding::Finding;
use crate::source::{SourceId, Sources, Span};

/// What a key holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holds {
    /// Text.
    Text,
    /// Text, a number, or a date.
    Scalar,
    /// A date, as TOML writes it or as text.
    Date,
    /// A number.
    Number,
    /// Yes or no.
    Flag,
    /// One of some words.
    Word(&'static [&'static str]),
    /// A table of this shape, or text where `true`.
    Table(&'static Shape, bool),
    /// Tables of this shape.
    Tables(&'static Shape),
    /// Texts.
    Texts,
    /// Text, or texts.
    TextOrTexts,
}

/// One key of a table.
#[derive(Debug, PartialEq, Eq)]
pub struct Key {
    /// Its name.
    pub name: &'static str,
    /// What it holds.
    pub holds: Holds,
    /// Whether the table makes no sense without it.
    pub required: bool,
    /// What it is for, for the schema.
    pub doc: &'static str,
}

impl Key {
    /// A key that may be left out.
    pub const fn optional(name: &'static str, holds: Holds, doc: &'static str) -> Self {
        Self { name, holds, required: false, doc }
    }

    /// A key that may not.
    pub const fn required(name: &'static str, holds: Holds, doc: &'static str) -> Self {
        Self { name, holds, required: true, doc }
    }
}

/// The keys that a table may have.
#[derive(Debug, PartialEq, Eq)]
pub struct Shape {
    /// What the table is, in messages: "a claim".
    pub what: &'static str,
    /// Its keys.
    pub keys: &'static [Key],
    /// What other keys hold, where they are the writer's own.
    pub others: Option<Holds>,
}

/// Text with the bytes it stands at, quotation marks left out.
#[derive(Clone, Debug)]
pub struct Text<'t> {
    /// The text with its escapes resolved.
    pub text: &'t str,
    /// Where it stands.
    pub span: Span,
    /// Whether offsets into `text` are offsets into the span: no escapes in it.
    pub verbatim: bool,
}

impl Text<'_> {
    /// The span of some bytes of the text; all of it where escapes moved them.
    pub fn part(&self, range: std::ops::Range<usize>) -> Span {
        if self.verbatim {
            self.span.with_range(self.span.start + range.start..self.span.start + range.end)
        } else {
            self.span
        }
    }
}

/// A TOML file that was parsed.
pub struct Document<'t> {
    root: Spanned<DeTable<'t>>,
    source: SourceId,
    text: &'t str,
}

impl<'t> Document<'t> {
    /// Parses a source; each syntax error is a finding, and `None` is returned if there is one.
    pub fn parse(sources: &'t Sources, id: SourceId, findings: &mut Vec<Finding>) -> Option<Self> {
        let text = sources.get(id).text();
        let (root, errors) = DeTable::parse_recoverable(text);
        for error in &errors {
            let range = error.span().unwrap_or(0..0);
            let span =
                Span { source: id, start: floor(text, range.start), end: floor(text, range.end) };
            let message = error.message().lines().next().unwrap_or("not TOML");
            findings.push(
                Finding::broken(Check::InvalidToml, format!("this is not TOML: {message}"), span)
                    .labelled("here"),
            );
        }
        errors.is_empty().then_some(Self { root, source: id, text })
    }

    /// The file's own table.
    pub fn root(&'t self, shape: &'static Shape, findings: &mut Vec<Finding>) -> Fields<'t> {
        let span = Span { source: self.source, start: 0, end: 0 };
        Fields::read(self.root.get_ref(), self.text, span, shape, findings)
    }
}

/// A parser's offsets made safe to slice with.
fn floor(text: &str, offset: usize) -> usize {
    let mut offset = offset.min(text.len());
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    offset
}

/// A table whose keys were checked against a shape.
pub struct Fields<'t> {
    table: &'t DeTable<'t>,
    text: &'t str,
    /// Where the table stands: its header, or the braces of an inline table.
    pub span: Span,
    shape: &'static Shape,
}

impl<'t> Fields<'t> {
    fn read(
        table: &'t DeTable<'t>,
        text: &'t str,
        span: Span,
        shape: &'static Shape,
        findings: &mut Vec<Finding>,
    ) -> Self {
        let fields = Self { table, text, span, shape };
        for (key, value) in table {
            let name: &str = key.get_ref();
            let holds = match shape.keys.iter().find(|known| known.name == name) {
                Some(known) => known.holds,
                None => match shape.others {
                    Some(holds) => holds,
                    None => {
                        findings.push(fields.unknown_key(name, key));
                        continue;
                    }
                },
            };
            if !fits(value.get_ref(), holds) {
                let message = format!("`{name}` of {} is to be {}", shape.what, expectation(holds));
                let found = value.get_ref().type_str();
                let span = fields.span_of(value);
                findings.push(
                    Finding::broken(Check::WrongType, message, span)
                        .labelled(format!("this is {}", article(found))),
                );
            }
        }
        for key in shape.keys.iter().filter(|key| key.required) {
            if !table.contains_key(key.name) {
                let message = format!("{} has no `{}`", shape.what, key.name);
                findings.push(
                    Finding::broken(Check::MissingKey, message, span)
                        .labelled(format!("`{}` is missing here", key.name))
                        .helped(format!("`{}`: {}", key.name, key.doc)),
                );
            }
        }
        fields
    }

    fn unknown_key(&self, name: &str, key: &Spanned<DeString<'t>>) -> Finding {
        let known = self.shape.keys.iter().map(|key| key.name);
        let finding = Finding::broken(
            Check::UnknownKey,
            format!("{} has no key `{name}`", self.shape.what),
            self.span_of(key),
        );
        let finding = finding.labelled("not a key that is known here");
        match closest(name, known) {
            Some(near) => finding.helped(format!("did you mean `{near}`?")),
            None => {
                let names: Vec<_> = self.shape.keys.iter().map(|key| key.name).collect();
                finding.helped(format!("known keys: {}", names.join(", ")))
            }
        }
    }

    fn span_of<T>(&self, spanned: &Spanned<T>) -> Span {
        self.span.with_range(
            floor(self.text, spanned.span().start)..floor(self.text, spanned.span().end),
        )
    }

    /// Where a key stands, if the table has it.
    pub fn key_span(&self, name: &str) -> Option<Span> {
        self.table.get_key_value(name).map(|(key, _)| self.span_of(key))
    }

    /// Where a key's value stands, if the table has it.
    pub fn value_span(&self, name: &str) -> Option<Span> {
        self.table.get(name).map(|value| self.span_of(value))
    }

    /// Whether the table has this key.
    pub fn has(&self, name: &str) -> bool {
        self.table.contains_key(name)
    }

    /// The text of a key.
    pub fn text(&self, name: &str) -> Option<Text<'t>> {
        self.text_of(self.table.get(name)?)
    }

    fn text_of(&self, value: &'t Spanned<DeValue<'t>>) -> Option<Text<'t>> {
        let text = value.get_ref().as_str()?;
        let outer = self.span_of(value);
        let raw = &self.text[outer.range()];
        let quotes = ["\"\"\"", "'''", "\"", "'"]
            .iter()
            .find(|q| raw.starts_with(**q))
            .map_or(0, |q| q.len());
        let newline = if quotes == 3 { usize::from(raw[3..].starts_with('\n')) } else { 0 };
        let (start, end) = (outer.start + quotes + newline, outer.end.saturating_sub(quotes));
        let inner = if start <= end { outer.with_range(start..end) } else { outer };
        let verbatim = self.text.get(inner.range()) == Some(text);
        Some(Text { text, span: inner, verbatim })
    }

    /// A key's value as it is written in the file: `64`, `2025-08-07`, or the text itself.
    pub fn scalar(&self, name: &str) -> Option<Text<'t>> {
        let value = self.table.get(name)?;
        match value.get_ref() {
            DeValue::String(_) => self.text_of(value),
            DeValue::Integer(_) | DeValue::Float(_) | DeValue::Datetime(_) => {
                let span = self.span_of(value);
                Some(Text { text: &self.text[span.range()], span, verbatim: true })
            }
            _ => None,
        }
    }

    /// Whether a key holds a number that TOML itself reads.
    pub fn is_number(&self, name: &str) -> bool {
        self.table
            .get(name)
            .is_some_and(|value| value.get_ref().is_integer() || value.get_ref().is_float())
    }

    /// A key's yes or no.
    pub fn flag(&self, name: &str) -> Option<bool> {
        self.table.get(name)?.get_ref().as_bool()
    }

    /// A key's table.
    pub fn table(&self, name: &str, findings: &mut Vec<Finding>) -> Option<Fields<'t>> {
        let key = self.shape.keys.iter().find(|key| key.name == name);
        let holds = key.map(|key| key.holds).or(self.shape.others)?;
        let Holds::Table(shape, _) = holds else { return None };
        let value = self.table.get(name)?;
        let table = value.get_ref().as_table()?;
        Some(Self::read(table, self.text, self.span_of(value), shape, findings))
    }

    /// A key's tables, one for each `[[name]]`.
    pub fn tables(&self, name: &str, findings: &mut Vec<Finding>) -> Vec<Fields<'t>> {
        let key = self.shape.keys.iter().find(|key| key.name == name);
        let Some(Key { holds: Holds::Tables(shape), .. }) = key else { return Vec::new() };
        let array = self.table.get(name).and_then(|value| value.get_ref().as_array());
        let tables = array.into_iter().flat_map(|array| array.iter());
        tables
            .filter_map(|value| {
                let table = value.get_ref().as_table()?;
                Some(Self::read(table, self.text, self.span_of(value), shape, findings))
            })
            .collect()
    }

    /// A key's texts, also where it holds a single one.
    pub fn texts(&self, name: &str) -> Vec<Text<'t>> {
        match self.table.get(name) {
            None => Vec::new(),
            Some(value) => match value.get_ref() {
                DeValue::Array(array) => array.iter().filter_map(|v| self.text_of(v)).collect(),
                _ => self.text_of(value).into_iter().collect(),
            },
        }
    }

    /// The keys that are the writer's own, in the order of the file.
    pub fn other_keys(&self) -> Vec<(&'t str, Span)> {
        let known = |name: &str| self.shape.keys.iter().any(|key| key.name == name);
        self.table
            .iter()
            .filter(|(key, _)| !known(key.get_ref()))
            .map(|(key, _)| (&**key.get_ref(), self.span_of(key)))
            .collect()
    }
}

fn fits(value: &DeValue<'_>, holds: Holds) -> bool {
    let is_number = value.is_integer() || value.is_float();
    match holds {
        Holds::Text => value.is_str(),
        Holds::Scalar => value.is_str() || is_number || value.is_datetime(),
        Holds::Date => value.is_str() || value.is_datetime(),
        Holds::Number => is_number,
        Holds::Flag => value.is_bool(),
        Holds::Word(words) => value.as_str().is_some_and(|word| words.contains(&word)),
        Holds::Table(_, or_text) => value.is_table() || (or_text && value.is_str()),
        Holds::Tables(_) => {
            value.as_array().is_some_and(|all| all.iter().all(|t| t.get_ref().is_table()))
        }
        Holds::Texts => all_texts(value),
        Holds::TextOrTexts => value.is_str() || all_texts(value),
    }
}

fn all_texts(value: &DeValue<'_>) -> bool {
    value.as_array().is_some_and(|all| all.iter().all(|text| text.get_ref().is_str()))
}

fn expectation(holds: Holds) -> String {
    match holds {
        Holds::Text => "text in quotation marks".to_owned(),
        Holds::Scalar => "text, a number or a date".to_owned(),
        Holds::Date => "a date: 2025-08-07, or as text".to_owned(),
        Holds::Number => "a number".to_owned(),
        Holds::Flag => "true or false".to_owned(),
        Holds::Word(words) => format!("one of \"{}\"", words.join("\", \"")),
        Holds::Table(_, true) => "a table or text".to_owned(),
        Holds::Table(_, false) => "a table".to_owned(),
        Holds::Tables(shape) => format!("{} in double brackets", shape.what),
        Holds::Texts => "a list of texts".to_owned(),
        Holds::TextOrTexts => "text, or a list of texts".to_owned(),
    }
}

fn article(kind: &str) -> String {
    let vowel = kind.starts_with(['a', 'e', 'i', 'o', 'u']);
    format!("{} {kind}", if vowel { "an" } else { "a" })
}

/// The known name that a misspelt one is nearest to, if it is near at all.
pub fn closest<'n>(name: &str, known: impl IntoIterator<Item = &'n str>) -> Option<&'n str> {
    // What nobody types is nothing misspelt, and to compare it takes the product of both lengths.
    const LONGEST: usize = 200;
    let distance = |other: &str| damerau_levenshtein(name, other);
    let length = |text: &str| text.chars().take(LONGEST + 1).count();
    let own = length(name);
    let allowed = (own / 3).max(1);
    known
        .into_iter()
        .filter(|other| own <= LONGEST && length(other).abs_diff(own) <= allowed)
        .map(|other| (distance(other), other))
        .filter(|&(distance, _)| distance <= allowed)
        .min()
        .map(|(_, other)| other)
}

/// Text as TOML writes it.
pub fn quoted(text: &str) -> String {
    toml_edit::Value::from(text).to_string()
}

/// The JSON Schema (draft 2020-12) of a file with this shape.
#[cfg(feature = "report")]
pub fn json_schema(title: &str, shape: &'static Shape) -> Json {
    let mut schema = table_schema(shape);
    schema["$schema"] = json!("https://json-schema.org/draft/2020-12/schema");
    schema["title"] = json!(title);
    schema
}

#[cfg(feature = "report")]
fn table_schema(shape: &'static Shape) -> Json {
    let mut properties = Map::new();
    for key in shape.keys {
        let mut property = value_schema(key.holds);
        property["description"] = json!(key.doc);
        properties.insert(key.name.to_owned(), property);
    }
    let required: Vec<_> =
        shape.keys.iter().filter(|key| key.required).map(|key| key.name).collect();
    json!({
        "type": "object",
        "description": shape.what,
        "properties": properties,
        "required": required,
        "additionalProperties": shape.others.map_or(json!(false), value_schema),
    })
}

#[cfg(feature = "report")]
fn value_schema(holds: Holds) -> Json {
    let texts = json!({ "type": "array", "items": { "type": "string" } });
    match holds {
        Holds::Text | Holds::Date => json!({ "type": "string" }),
        Holds::Scalar => json!({ "type": ["string", "number"] }),
        Holds::Number => json!({ "type": "number" }),
        Holds::Flag => json!({ "type": "boolean" }),
        Holds::Word(words) => json!({ "enum": words }),
        Holds::Table(shape, false) => table_schema(shape),
        Holds::Table(shape, true) => {
            json!({ "anyOf": [{ "type": "string" }, table_schema(shape)] })
        }
        Holds::Tables(shape) => json!({ "type": "array", "items": table_schema(shape) }),
        Holds::Texts => texts,
        Holds::TextOrTexts => json!({ "anyOf": [{ "type": "string" }, texts] }),
    }
}
