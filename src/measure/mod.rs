//! Measuring rules on unaltered texts: how often what they relate in prose holds, with how much strain, and
//! which contradictions somebody has to read.

mod judgements;
mod sight;
mod tally;

pub use judgements::Judgements;
pub use sight::{Sight, sights};
pub use tally::Tally;
