//! Crossfoot checks that the figures and dates of an article can all be true together.
//!
//! An article's claims are kept as TOML beside it; rules say what must hold between them. Every
//! figure stands for the numbers an honest writer would print so, as an exact interval, and a
//! relation contradicts only if no choice of numbers satisfies it.
//!
//! ```
//! use crossfoot::{Checker, Inputs, NoArticles, Rules, Sources};
//!
//! let mut texts = Sources::new();
//! let claims = texts.add("aid.toml", r#"
//!     [[claim]]
//!     id = "total"
//!     value = "$290 million"
//!     [[claim]]
//!     id = "years"
//!     value = "four years"
//!     [[claim]]
//!     id = "yearly"
//!     value = "$82.5 million annually"
//!     [[assert]]
//!     rule = "wrong-rate"
//!     total = "total"
//!     span = "years"
//!     rate = "yearly"
//! "#);
//! let checker = Checker::new(&Rules::built_in());
//! let inputs = Inputs { claims: &[claims], ..Inputs::default() };
//! let report = checker.check(&texts, inputs, &mut NoArticles);
//! assert_eq!(
//!     report.findings[0].message,
//!     "$290 million over four years comes to $72.5 million annually, not $82.5 million annually",
//! );
//! ```
//!
//! An article by itself is checked by [`Checker::article`], and read without being checked by
//! [`Checker::read`]. `examples/embed.rs` and `examples/editor.rs` show both at more length.
//!
//! # Features
//!
//! | feature | what it brings |
//! |---|---|
//! | `cli` (default) | the command: files, folders, configuration, terminal; with `office`, `parallel` and `report` |
//! | `lsp` (default) | the language server of the command |
//! | `mcp` | the tools of an assistant, of the command |
//! | `office` | Word documents and `OpenDocument` texts |
//! | `parallel` | texts are checked on all cores |
//! | `page` | `crossfoot serve`, with the built page in it; with `cli` |
//! | `parquet` | Parquet files, of texts and of findings; with `cli` |
//! | `full` | everything |
//! | `report` | reports as JSON, JSON lines, Markdown and HTML (`Report::to_json` and so on), and all the others of the command |
//!
//! Without features the library touches no file, clock, environment, process or terminal, and builds for
//! `wasm32-unknown-unknown`; with `report` too.
//!
//! # What is promised
//!
//! The names on this page. The feature `internals` makes the modules behind them public, for the tests, the benches
//! and the bindings of this repository; what it shows changes with any version.
#![cfg_attr(
    not(feature = "internals"),
    allow(
        unreachable_pub,
        reason = "what is for other modules is `pub` too, and so for whoever looks into them"
    )
)]
#![cfg_attr(
    not(any(feature = "cli", feature = "internals")),
    allow(
        dead_code,
        unused_imports,
        reason = "what only the command and the bindings use is there, and unused"
    )
)]

// The modules are private; where `internals` is on they are public, for the tests, benches and bindings of this
// repository.
#[cfg(all(feature = "report", feature = "internals"))]
#[doc(hidden)]
pub mod alone;
#[cfg(all(feature = "report", feature = "internals"))]
#[doc(hidden)]
pub mod baseline;
#[cfg(feature = "internals")]
#[doc(hidden)]
pub mod check;
#[cfg(feature = "internals")]
#[doc(hidden)]
pub mod checks;
#[cfg(feature = "internals")]
#[doc(hidden)]
pub mod claim;
#[cfg(all(feature = "cli", feature = "internals"))]
#[doc(hidden)]
pub mod cli;
#[cfg(all(feature = "cli", feature = "internals"))]
#[doc(hidden)]
pub mod config;
#[cfg(feature = "internals")]
#[doc(hidden)]
pub mod document;
#[cfg(feature = "internals")]
#[doc(hidden)]
pub mod draft;
#[cfg(feature = "internals")]
#[doc(hidden)]
pub mod engine;
#[cfg(feature = "internals")]
#[doc(hidden)]
pub mod figure;
#[cfg(feature = "internals")]
#[doc(hidden)]
pub mod finding;
#[cfg(feature = "internals")]
#[doc(hidden)]
pub mod follow;
#[cfg(feature = "internals")]
#[doc(hidden)]
pub mod home;
#[cfg(feature = "internals")]
#[doc(hidden)]
pub mod language;
#[cfg(feature = "internals")]
#[doc(hidden)]
pub mod lexicon;
#[cfg(all(feature = "cli", feature = "internals"))]
#[doc(hidden)]
pub mod load;
#[cfg(all(feature = "cli", feature = "internals"))]
#[doc(hidden)]
pub mod measure;
#[cfg(feature = "internals")]
#[doc(hidden)]
pub mod mention;
#[cfg(feature = "internals")]
#[doc(hidden)]
pub mod network;
#[cfg(feature = "internals")]
#[doc(hidden)]
pub mod prose;
#[cfg(feature = "internals")]
#[doc(hidden)]
pub mod published;
#[cfg(feature = "internals")]
#[doc(hidden)]
pub mod reading;
#[cfg(feature = "internals")]
#[doc(hidden)]
pub mod report;
#[cfg(feature = "internals")]
#[doc(hidden)]
pub mod rule;
#[cfg(feature = "internals")]
#[doc(hidden)]
pub mod severity;
#[cfg(feature = "internals")]
#[doc(hidden)]
pub mod shape;
#[cfg(feature = "internals")]
#[doc(hidden)]
pub mod source;
#[cfg(feature = "internals")]
#[doc(hidden)]
pub mod suppress;
#[cfg(feature = "internals")]
#[doc(hidden)]
pub mod value;

#[cfg(all(any(feature = "mcp", feature = "page"), not(feature = "internals")))]
mod alone;
#[cfg(all(feature = "report", not(feature = "internals")))]
mod baseline;
#[cfg(not(feature = "internals"))]
mod check;
#[cfg(not(feature = "internals"))]
mod checks;
#[cfg(not(feature = "internals"))]
mod claim;
#[cfg(all(feature = "cli", not(feature = "internals")))]
mod cli;
#[cfg(all(feature = "cli", not(feature = "internals")))]
mod config;
#[cfg(not(feature = "internals"))]
mod document;
#[cfg(not(feature = "internals"))]
mod draft;
#[cfg(not(feature = "internals"))]
mod engine;
#[cfg(not(feature = "internals"))]
mod figure;
#[cfg(not(feature = "internals"))]
mod finding;
#[cfg(not(feature = "internals"))]
mod follow;
#[cfg(not(feature = "internals"))]
mod home;
#[cfg(not(feature = "internals"))]
mod language;
#[cfg(not(feature = "internals"))]
mod lexicon;
#[cfg(all(feature = "cli", not(feature = "internals")))]
mod load;
#[cfg(all(feature = "cli", not(feature = "internals")))]
mod measure;
#[cfg(not(feature = "internals"))]
mod mention;
#[cfg(not(feature = "internals"))]
mod network;
#[cfg(not(feature = "internals"))]
mod prose;
#[cfg(not(feature = "internals"))]
mod published;
#[cfg(not(feature = "internals"))]
mod reading;
#[cfg(not(feature = "internals"))]
mod report;
#[cfg(not(feature = "internals"))]
mod rule;
#[cfg(not(feature = "internals"))]
mod severity;
#[cfg(not(feature = "internals"))]
mod shape;
#[cfg(not(feature = "internals"))]
mod source;
#[cfg(not(feature = "internals"))]
mod suppress;
#[cfg(not(feature = "internals"))]
mod value;

#[doc(no_inline)]
pub use jiff::civil::Date;

#[cfg(feature = "internals")]
#[doc(hidden)]
pub use check::check;
pub use check::{Article, Articles, Checker, Error, Inputs, NoArticles, Options, Rules};
pub use checks::Check;
/// What the command does: arguments in, exit code out.
#[cfg(feature = "cli")]
#[doc(hidden)]
pub use cli::run as command;
pub use engine::Verdict;
pub use finding::{Finding, FindingId, Label, RuleId, Suggestion};
pub use home::Origin;
pub use mention::Mention;
pub use published::Publication;
pub use reading::Reading;
pub use report::{Judged, JudgedRole, Report};
pub use severity::Severity;
pub use source::{Content, Place, Source, SourceId, Sources, Span};
pub use value::Value;
