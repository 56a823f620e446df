//! Claims and the drafts of their article: writing them down, following them, showing what changed.

mod names;
mod quote;
mod record;
mod value;
mod write;

pub use record::{Article, NewAssert, NewClaim, Recorded, record};
pub use write::{Edits, Unwritable, new_file, unwritable, updated};
