//! A relation with its verdict, as a reader wants it.

use crate::engine::{Account, Figures, Relation, Verdict};
use crate::finding::{FindingId, Severity};
use crate::source::{Span, same_places};
use crate::value::Strain;

/// A relation with its verdict, as a reader wants it: places, not indices.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Judged {
    /// The rule, or that it is an assertion.
    pub rule: FindingId,
    /// The verdict.
    pub verdict: Verdict,
    /// How far its figures have to be stretched, where it holds only loosely.
    pub strain: Option<Strain>,
    /// How much a contradiction matters.
    pub severity: Severity,
    /// Why it is unknown, or what a conversion rests on.
    pub remarks: Vec<String>,
    /// Its roles.
    pub roles: Vec<JudgedRole>,
    /// Its arithmetic at length, where that was asked for.
    pub account: Option<Box<Account>>,
}

impl Judged {
    /// Where its figures stand.
    pub fn places(&self) -> impl Iterator<Item = Span> {
        self.roles.iter().flat_map(|role| &role.places).map(|(span, _)| *span)
    }

    /// Whether another relation says the same of the same figures: the places of each overlap.
    pub fn is_same(&self, other: &Self) -> bool {
        let places = |one: &Self| one.places().collect::<Vec<_>>();
        self.rule == other.rule && same_places(&places(self), &places(other))
    }
}

/// A role with the places of its claims.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct JudgedRole {
    /// The role's name.
    pub name: String,
    /// Whether it takes a list.
    pub is_list: bool,
    /// Where each claim stands, with the figure as written.
    pub places: Vec<(Span, String)>,
}

/// A relation with its figures turned into places.
pub fn judged(relation: &Relation<'_>, figures: Figures<'_>) -> Judged {
    let place = |&index: &usize| {
        let figure = figures.get(index);
        (figure.shown_at(), figure.written.clone())
    };
    Judged {
        rule: relation.rule(),
        verdict: relation.verdict,
        strain: relation.strain,
        severity: relation.severity,
        remarks: relation.remarks.clone(),
        roles: relation
            .roles
            .iter()
            .map(|role| JudgedRole {
                name: role.name.clone(),
                is_list: role.is_list,
                places: role.claims.iter().map(place).collect(),
            })
            .collect(),
        account: None,
    }
}
