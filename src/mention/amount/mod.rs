//! Amounts: a numeral with money, percent, a unit, a factor or a rank, and two of them as one.

pub(super) mod age;
pub(super) mod counted;
mod feet;
pub(super) mod hanging;
mod level;
mod money;
pub(super) mod multiple;
mod percent;
pub(super) mod quantity;
pub(super) mod range;
pub(super) mod rate;
mod read_amount;
