//! The checker as WebAssembly: a draft is handed in, and what there is to say of it comes out as JSON or as
//! files. The page and the npm package are made of it.

use crossfoot::alone::Document;
use crossfoot::document::{self, Document as Prose, annotate, as_markdown};
use crossfoot::draft::{Edits, Unwritable};
use crossfoot::report::{self, Spot};
use crossfoot::{Content, Date, Options, Report, Sources};
use js_sys::Error;
use wasm_bindgen::prelude::wasm_bindgen;

/// Bytes of a file that are read; what is larger is refused.
const MOST_BYTES: usize = 32 << 20;

/// Who comments are from.
const AUTHOR: &str = "Crossfoot";

/// A draft, with its claims if it has any.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Draft {
    document: Document,
    /// The bytes that it was read from.
    file: Vec<u8>,
    published: Option<Date>,
}

#[wasm_bindgen]
impl Draft {
    /// Reads the bytes of a file; the ending of its name says how it is written.
    ///
    /// # Errors
    /// Why it cannot be read, in words for people.
    #[wasm_bindgen(constructor)]
    pub fn new(name: String, file: Vec<u8>) -> Result<Self, Error> {
        if MOST_BYTES < file.len() {
            return Err(Error::new("the file is larger than 32 megabytes"));
        }
        let content = Content::read(file.clone(), &name).map_err(|reason| Error::new(&reason))?;
        Ok(Self { document: Document::new(name, content), file, published: None })
    }

    /// A draft that is text already; the ending of its name says how it is written.
    ///
    /// # Errors
    /// That it is too long.
    #[wasm_bindgen(js_name = ofText)]
    pub fn of_text(name: String, text: String) -> Result<Self, Error> {
        if MOST_BYTES < text.len() {
            return Err(Error::new("the text is longer than 32 megabytes"));
        }
        let file = text.clone().into_bytes();
        Ok(Self { document: Document::new(name, text), file, published: None })
    }

    /// The day it was published, as `2025-08-07`; nothing or an empty text where nobody says.
    ///
    /// # Errors
    /// That it is no day.
    #[wasm_bindgen(js_name = setPublished)]
    pub fn set_published(&mut self, day: Option<String>) -> Result<(), Error> {
        self.published = date(day)?;
        Ok(())
    }

    /// The day that decides whether a finding that stands for a time still does, as `2025-08-07`.
    ///
    /// # Errors
    /// That it is no day.
    #[wasm_bindgen(js_name = setToday)]
    pub fn set_today(&mut self, day: Option<String>) -> Result<(), Error> {
        self.document.today = date(day)?;
        Ok(())
    }

    /// Its claims, as TOML; nothing or an empty text where it has none.
    #[wasm_bindgen(js_name = setClaims)]
    pub fn set_claims(&mut self, claims: Option<String>) {
        self.document.claims = claims.filter(|text| !text.trim().is_empty());
    }

    /// What is read of it: the file itself where that is text, a paragraph a line of a document.
    pub fn text(&self) -> String {
        self.document.content.text().to_owned()
    }

    /// Its prose as Markdown.
    pub fn markdown(&self) -> String {
        let mut texts = Sources::new();
        let id = texts.add(self.document.name.clone(), self.document.content.clone());
        as_markdown(&Prose::of_source(texts.get(id)))
    }

    /// Checks it: the JSON of `crossfoot check --format json`.
    pub fn check(&self) -> String {
        report::json(&self.report(false))
    }

    /// What the page of its report shows, as JSON, with the places of its figures counted in UTF-16.
    pub fn view(&self) -> String {
        report::view(&self.report(true))
    }

    /// The same with findings, claims and places only, which is quicker told.
    #[wasm_bindgen(js_name = briefView)]
    pub fn brief_view(&self) -> String {
        report::brief_view(&self.report(true))
    }

    /// What was made of the sentence at a place of its text, counted in UTF-16: the JSON of
    /// `crossfoot explain --format json`.
    pub fn explain(&self, at: usize) -> String {
        let mut texts = Sources::new();
        let id = texts.add(self.document.name.clone(), self.document.content.clone());
        let source = texts.get(id);
        let place = source.place(byte_of(source.text(), at));
        let spot = Spot { line: place.line, column: Some(place.column) };
        let mut options = self.options();
        options.explain = Some(spot);
        let report = self.document.check(&options);
        let told = report.explained.first();
        told.map_or_else(|| "{}".to_owned(), |told| report::explained_json(&report, told))
    }

    /// Its report as one page, the HTML of `crossfoot report`.
    pub fn html(&self) -> String {
        report::html(&self.report(true))
    }

    /// Its report as Markdown.
    #[wasm_bindgen(js_name = reportMarkdown)]
    pub fn report_markdown(&self) -> String {
        report::markdown(&self.report(true))
    }

    /// The claims that its text states, as TOML, beside those that it has.
    ///
    /// # Errors
    /// Why the claims that it has cannot be understood.
    pub fn record(&self) -> Result<String, Error> {
        self.document.record(&self.options()).map_err(|reasons| Error::new(&reasons.join("\n")))
    }

    /// A copy of the file with each finding as a comment on its words.
    ///
    /// # Errors
    /// Why it cannot be written.
    pub fn annotated(&self) -> Result<Vec<u8>, Error> {
        let notes = self.document.notes(&self.report(false));
        let named = (&self.document.content, &*self.document.name);
        annotate(&self.file, named, &notes, AUTHOR).map_err(|reason| Error::new(&reason))
    }
}

impl Draft {
    fn options(&self) -> Options {
        Options::new().published(self.published)
    }

    fn report(&self, at_length: bool) -> Report {
        self.document.check(&self.options().at_length(at_length))
    }
}

/// Whether files of a name can be read, by its ending.
#[wasm_bindgen(js_name = canRead)]
pub fn can_read(name: &str) -> bool {
    document::Format::of(name).is_some()
}

/// A claims file with one key of a claim set: `status`, `checker` or `note`, or its `title` and `url`, a line
/// each, as `source`. An empty value takes the key out. Nothing else in the file is changed.
///
/// # Errors
/// That it is no claims file, or that nothing else is set here.
#[wasm_bindgen(js_name = editClaim)]
pub fn edit_claim(text: &str, id: &str, key: &str, value: &str) -> Result<String, Error> {
    let mut edits = Edits::new(text).map_err(|Unwritable(reason)| Error::new(&reason))?;
    match key {
        _ if value.trim().is_empty() => edits.unset(id, key),
        "status" | "checker" | "note" => edits.set_text(id, key, value),
        "source" => match value.split_once('\n') {
            Some((title, url)) if !url.is_empty() => {
                let keys = [("title", title), ("url", url)];
                let keys = keys.iter().filter(|(_, text)| !text.is_empty());
                let keys: Vec<String> =
                    keys.map(|(key, text)| format!("{key} = {}", quoted(text))).collect();
                edits.set(id, key, &format!("{{ {} }}", keys.join(", ")));
            }
            _ => edits.set_text(id, key, value.trim_end()),
        },
        _ => return Err(Error::new(&format!("{key} is not set here"))),
    }
    let edited = edits.finish();
    match Edits::new(&edited) {
        Ok(_) => Ok(edited),
        Err(Unwritable(_)) => {
            Err(Error::new("this is written so that only the file itself can be edited"))
        }
    }
}

/// A text as TOML writes it: JSON's escapes are among TOML's.
fn quoted(text: &str) -> String {
    serde_json::to_string(text).unwrap_or_default().replace('\u{7f}', "\\u007f")
}

/// The JSON Schema of what `Draft.check` hands out.
#[wasm_bindgen(js_name = reportSchema)]
pub fn report_schema() -> String {
    report::report_schema().to_string()
}

/// The version of the checker.
#[wasm_bindgen]
pub fn version() -> String {
    env!("CARGO_PKG_VERSION").to_owned()
}

fn date(day: Option<String>) -> Result<Option<Date>, Error> {
    let Some(day) = day.filter(|day| !day.is_empty()) else { return Ok(None) };
    let read = day.parse().map_err(|_| Error::new(&format!("{day} is no day; write 2025-08-07")));
    read.map(Some)
}

/// The byte of a text at which so many units of UTF-16 stand before it.
fn byte_of(text: &str, units: usize) -> usize {
    let mut before = 0;
    for (byte, c) in text.char_indices() {
        if units <= before {
            return byte;
        }
        before += c.len_utf16();
    }
    text.len()
}
