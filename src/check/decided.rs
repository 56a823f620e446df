//! What asserts say of figures that prose relates too.

use crate::claim::{ClaimsFile, State};
use crate::engine::{Figures, Outcome, Verdict};
use crate::report::{self, Judged};

/// A relation that an assert decides.
pub(super) struct Decided {
    judged: Judged,
    /// Whether somebody gave a reason for it, and the words of its figures stand as they did.
    is_reasoned: bool,
}

impl Decided {
    /// Whether what prose states of the same figures need not be said beside it: it says the same, or a person
    /// has said why it does not.
    pub(super) fn settles(&self, stated: &Judged) -> bool {
        let says_nothing = stated.verdict == Verdict::Holds;
        self.judged.is_same(stated)
            && (says_nothing || self.is_reasoned || self.judged.verdict == stated.verdict)
    }
}

/// What asserts have decided.
pub(super) fn decided(file: &ClaimsFile, claimed: &Outcome<'_>) -> Vec<Decided> {
    let claims = Figures::claimed(file);
    let stands =
        |at: &usize| matches!(file.claims.get(*at).state, None | Some(State::Same | State::Moved));
    let decided = claimed.relations.iter().filter(|one| one.verdict != Verdict::Unknown);
    decided
        .map(|one| Decided {
            judged: report::judged(one, claims),
            is_reasoned: one.because.is_some()
                && one.roles.iter().flat_map(|role| &role.claims).all(stands),
        })
        .collect()
}
