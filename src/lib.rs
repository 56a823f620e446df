//! Crossfoot checks that the figures and dates of an article can all be true together.
//!
//! An article's claims are kept as TOML beside it; rules say what must hold between them. Every
//! figure stands for the numbers an honest writer would print so, as an exact interval, and a
//! relation contradicts only if no choice of numbers satisfies it.
//!
//! ```
//! use crossfoot::{Inputs, NoArticles, Options, check, source::Sources};
//!
//! let mut sources = Sources::new();
//! let claims = sources.add("aid.toml", r#"
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
//! let inputs = Inputs { claims: &[claims], ..Inputs::default() };
//! let report = check(sources, inputs, &Options::default(), &mut NoArticles);
//! assert_eq!(
//!     report.findings[0].message,
//!     "$290 million over four years comes to $72.5 million annually, not $82.5 million annually",
//! );
//! ```

#[cfg(feature = "report")]
pub mod baseline;
pub mod check;
pub mod claim;
#[cfg(feature = "cli")]
pub mod cli;
#[cfg(feature = "cli")]
pub mod config;
pub mod document;
pub mod draft;
pub mod engine;
pub mod figure;
pub mod finding;
pub mod follow;
pub mod lexicon;
#[cfg(feature = "cli")]
pub mod load;
pub mod mention;
pub mod network;
pub mod prose;
pub mod published;
pub mod reading;
pub mod report;
pub mod rule;
pub mod shape;
pub mod source;
pub mod suppress;
pub mod value;

pub use check::{Article, Articles, Inputs, NoArticles, Options, Unread, check, check_with};
