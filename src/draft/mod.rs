//! Claims and the drafts of their article: writing them down, following them, showing what changed.

mod accept;
mod apart;
mod coverage;
mod diff;
mod facts;
mod names;
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
pub use record::{Article, NewAssert, NewClaim, Recorded, record};
pub use touched::Touched;
pub use unclaimed::unclaimed;
pub use write::{Edits, Unwritable, new_file, unwritable, updated};
