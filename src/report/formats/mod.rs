//! Findings and relations rendered for a reader: one file per format.

mod ci;
mod conflict;
mod diff;
mod explained;
mod explained_json;
mod fingerprint;
#[cfg(any(feature = "lsp", feature = "internals"))]
mod hover;
mod html;
mod human;
mod inert;
mod json;
mod junit;
mod lines;
mod markdown;
mod mentions;
mod place;
mod review;
mod rules;
mod sarif;
mod sheet;
mod short;
mod statistics;
mod told;
mod web_annotation;
mod whole;
mod window;

pub use ci::{github, gitlab, rdjson};
pub use conflict::conflict_page;
pub use diff::{diff_human, diff_json, diff_json_ld, diff_markdown, diff_notice, diff_schema};
pub use explained::explained_human;
pub use explained_json::{explained_json, explained_schema};
pub use fingerprint::{Fingerprints, fingerprint, fingerprint_worded, hangs_on_message};
#[cfg(any(feature = "lsp", feature = "internals"))]
pub use hover::{claim_told, hover};
pub use html::html;
#[cfg(feature = "internals")]
pub use html::{brief_view, view};
pub use human::{Look, human};
pub use inert::{Syntax, clean, inert, plain};
pub use json::{Totals, json, report_schema};
pub use junit::junit;
pub use lines::{across_jsonl, end_jsonl, jsonl, report_line_schema, text_jsonl};
pub use markdown::markdown;
#[cfg(feature = "mcp")]
pub(crate) use mentions::allowed;
pub use mentions::{HomeLine, MentionLine, extract_schema, in_words, mentions_schema};
pub use place::Root;
pub use review::{review_help, review_keys, review_line, review_screen};
pub use rules::{measured_table, rules_page};
pub use sarif::sarif;
pub use sheet::sheet_csv;
pub use short::short;
pub use statistics::statistics;
pub use told::said_beside;
pub use web_annotation::web_annotation;
