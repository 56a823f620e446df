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
//! | `report` | reports in all formats, and the JSON Schemas |
//!
//! Without features the library touches no file, clock, environment, process or terminal, and builds for
//! `wasm32-unknown-unknown`; with `report` too.
//!
//! # What is promised
//!
//! The names on this page. The modules behind them are hidden: the command, the tests and the benches of
//! this repository look into them, and they change with any version.

#[cfg(feature = "report")]
#[doc(hidden)]
pub mod alone;
#[cfg(feature = "report")]
#[doc(hidden)]
pub mod baseline;
#[doc(hidden)]
pub mod check;
#[doc(hidden)]
pub mod checks;
#[doc(hidden)]
pub mod claim;
#[cfg(feature = "cli")]
#[doc(hidden)]
pub mod cli;
#[cfg(feature = "cli")]
#[doc(hidden)]
pub mod config;
#[doc(hidden)]
pub mod document;
#[doc(hidden)]
pub mod draft;
#[doc(hidden)]
pub mod engine;
#[doc(hidden)]
pub mod figure;
#[doc(hidden)]
pub mod finding;
#[doc(hidden)]
pub mod follow;
#[doc(hidden)]
pub mod home;
#[doc(hidden)]
pub mod language;
#[doc(hidden)]
pub mod lexicon;
#[cfg(feature = "cli")]
#[doc(hidden)]
pub mod load;
#[cfg(feature = "cli")]
#[doc(hidden)]
pub mod measure;
#[doc(hidden)]
pub mod mention;
#[doc(hidden)]
pub mod network;
#[doc(hidden)]
pub mod prose;
#[doc(hidden)]
pub mod published;
#[doc(hidden)]
pub mod reading;
#[doc(hidden)]
pub mod report;
#[doc(hidden)]
pub mod rule;
#[doc(hidden)]
pub mod severity;
#[doc(hidden)]
pub mod shape;
#[doc(hidden)]
pub mod source;
#[doc(hidden)]
pub mod suppress;
#[doc(hidden)]
pub mod value;

#[doc(no_inline)]
pub use jiff::civil::Date;

#[doc(hidden)]
pub use check::check;
pub use check::{Article, Articles, Checker, Error, Inputs, NoArticles, Options, Rules};
pub use checks::Check;
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
