//! Claims and the drafts of their article: writing them down, following them, showing what changed.

mod accept;
mod apart;
mod coverage;
mod diff;
mod facts;
mod names;
#[cfg(feature = "lsp")]
mod only;
mod quote;
mod record;
mod touched;
mod unclaimed;
mod value;
mod write;

pub use accept::{Decision, Drift, Place, decided, drifts};
pub use coverage::Coverage;
pub use diff::{Change, ClaimChange, Diff, Fate, RelationChange, Rewritten, Stated, Version, diff};
pub use facts::{Fact, facts};
pub use record::{Article, Recorded, record};
pub use touched::Touched;
pub use unclaimed::unclaimed;
#[cfg(feature = "internals")]
pub use write::Edits;
pub use write::{Unwritable, new_file, unwritable, updated};
