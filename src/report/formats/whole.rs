//! A report as a program that embeds the library writes it.

use crate::report::Report;
use crate::report::formats::{html, json, jsonl, markdown, short};

impl Report {
    /// The report as JSON, by the schema that `crossfoot schema report` prints.
    ///
    /// ```
    /// use crossfoot::{Checker, NoArticles, Inputs, Rules, Sources};
    ///
    /// let mut texts = Sources::new();
    /// let article = texts.add("draft.md", "The wall is 120 meters (349 feet) long.\n");
    /// let inputs = Inputs { articles: &[article], ..Inputs::default() };
    /// let report = Checker::new(&Rules::built_in()).check(&texts, inputs, &mut NoArticles);
    /// assert!(report.to_json().contains("wrong-conversion"));
    /// assert!(report.to_short().starts_with("draft.md:1:25: error[wrong-conversion]"));
    /// ```
    pub fn to_json(&self) -> String {
        json(self)
    }

    /// The report as JSON lines, a finding a line, by the schema that `crossfoot schema report-line` prints.
    pub fn to_json_lines(&self) -> String {
        jsonl(self)
    }

    /// The report as Markdown, for a comment or a message.
    pub fn to_markdown(&self) -> String {
        markdown(self)
    }

    /// The report as a page: one HTML file that asks for nothing, with the article and every figure marked.
    pub fn to_html(&self) -> String {
        html(self)
    }

    /// The findings, a line each, with a summary below.
    pub fn to_short(&self) -> String {
        short(self)
    }
}
