//! Of what is to be written down, the claim of one figure.

use crate::draft::record::{NewClaim, Recorded};
use crate::source::Span;

impl Recorded {
    /// The claim of one figure, and the relations of it in which no other new claim takes part; `None` where
    /// the figure makes none.
    #[must_use]
    pub fn only(mut self, figure: Span) -> Option<Self> {
        let (claims, others): (Vec<NewClaim>, Vec<NewClaim>) =
            self.claims.into_iter().partition(|claim| claim.figure == figure);
        let own = &claims.first()?.id;
        self.asserts.retain(|assert| {
            let ids = || assert.roles.iter().flat_map(|(_, _, ids)| ids);
            ids().any(|id| id == own) && !ids().any(|id| others.iter().any(|one| one.id == *id))
        });
        Some(Self { claims, asserts: self.asserts, ..Self::default() })
    }
}
