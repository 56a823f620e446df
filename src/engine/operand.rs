//! What relations are over: the figures of an article's prose, or those of a claims file.

use std::ops::Deref;

use crate::claim::{Claim, ClaimsFile, Status};
use crate::figure::Figure;
use crate::published::Publication;
use crate::source::Span;

/// Figures by number, and the day that they were published.
#[derive(Clone, Copy, Debug)]
pub struct Figures<'f> {
    all: All<'f>,
    /// The day of publication, as far as it is known.
    pub published: Option<Publication>,
}

#[derive(Clone, Copy, Debug)]
enum All<'f> {
    Read(&'f [Figure]),
    Claimed(&'f [Claim]),
}

/// A figure that fills a role: one that was read in prose, or the figure of a claim.
#[derive(Clone, Copy, Debug)]
pub enum Operand<'f> {
    /// A figure of an article.
    Read(&'f Figure),
    /// A claim.
    Claimed(&'f Claim),
}

impl<'f> Figures<'f> {
    /// The figures of prose.
    pub fn read(all: &'f [Figure], published: Option<Publication>) -> Self {
        Self { all: All::Read(all), published }
    }

    /// The claims of a file.
    pub fn claimed(file: &'f ClaimsFile) -> Self {
        Self { all: All::Claimed(file.claims.all()), published: file.published }
    }

    /// How many there are.
    pub fn count(self) -> usize {
        match self.all {
            All::Read(all) => all.len(),
            All::Claimed(all) => all.len(),
        }
    }

    /// The figure of a number.
    ///
    /// # Panics
    /// If there is none of that number.
    pub fn get(self, number: usize) -> Operand<'f> {
        match self.all {
            All::Read(all) => Operand::Read(&all[number]),
            All::Claimed(all) => Operand::Claimed(&all[number]),
        }
    }

    /// All of them, in order.
    pub fn iter(self) -> impl Iterator<Item = Operand<'f>> {
        (0..self.count()).map(move |number| self.get(number))
    }
}

impl<'f> Operand<'f> {
    /// The figure.
    pub fn figure(self) -> &'f Figure {
        match self {
            Self::Read(figure) => figure,
            Self::Claimed(claim) => &claim.figure,
        }
    }

    /// The claim that it is, if it is one.
    pub fn claim(self) -> Option<&'f Claim> {
        match self {
            Self::Read(_) => None,
            Self::Claimed(claim) => Some(claim),
        }
    }

    /// The place to show a reader: in the article, or in the claims file.
    pub fn shown_at(self) -> Span {
        match self {
            Self::Read(figure) => figure.span,
            Self::Claimed(claim) => claim.shown_at(),
        }
    }

    /// Its name as messages write it: a claim's id, or the figure itself.
    pub(super) fn name(self) -> String {
        let name = self.claim().map_or(&*self.figure().written, |claim| &claim.id);
        format!("`{name}`")
    }

    /// How far it was checked.
    pub(super) fn status(self) -> Status {
        self.claim().map_or(Status::Unchecked, |claim| claim.status)
    }
}

impl Deref for Operand<'_> {
    type Target = Figure;

    fn deref(&self) -> &Figure {
        self.figure()
    }
}
