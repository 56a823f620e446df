//! A claims file that was read: its claims, found by name and by the fact they state, and its relations.

use std::collections::{HashMap, HashSet};

use foldhash::fast::FixedState;

use crate::claim::{Assert, Claim, Exempt};
use crate::home::Home;
use crate::published::Publication;
use crate::source::{SourceId, Span};
use crate::value::Days;

/// A claims file that was read.
#[derive(Clone, Debug)]
pub struct ClaimsFile {
    /// The whole file.
    pub span: Span,
    /// The article it belongs to, relative to the file, and where it is named.
    pub article: Option<(String, Span)>,
    /// The source of the article that its claims were anchored in.
    pub anchored_in: Option<SourceId>,
    /// The day the article was published: what the file states, until it is known what counts.
    pub published: Option<Publication>,
    /// Where its figures are at home.
    pub home: Home,
    /// The claims, in the order of the file.
    pub claims: Store,
    /// The relations, in the order of the file.
    pub asserts: Vec<Assert>,
    /// Figures of the article that need no checking.
    pub exempt: Vec<Exempt>,
}

impl ClaimsFile {
    /// The claims of an article that has none yet.
    pub fn empty(span: Span) -> Self {
        Self {
            span,
            article: None,
            anchored_in: None,
            published: None,
            home: Home::default(),
            claims: Store::default(),
            asserts: Vec::new(),
            exempt: Vec::new(),
        }
    }
}

/// What two claims must share to state the same fact: subject, measure, and when.
pub(crate) type Fact<'c> = (&'c str, &'c str, Days);

/// Claims with an index of their names.
#[derive(Clone, Debug, Default)]
pub struct Store {
    all: Vec<Claim>,
    by_id: HashMap<String, usize, FixedState>,
    /// Names of claims that were there but could not be read.
    unread: HashSet<String>,
}

impl Store {
    /// Room for so many claims.
    pub(super) fn with_capacity(claims: usize) -> Self {
        Self {
            all: Vec::with_capacity(claims),
            by_id: HashMap::with_capacity_and_hasher(claims, FixedState::default()),
            unread: HashSet::new(),
        }
    }

    /// Adds a claim; hands it back, with the index of the first one, if its name is taken.
    pub fn add(&mut self, claim: Claim) -> Result<usize, (usize, Box<Claim>)> {
        if let Some(&first) = self.by_id.get(&claim.id) {
            return Err((first, Box::new(claim)));
        }
        let index = self.all.len();
        self.by_id.insert(claim.id.clone(), index);
        self.all.push(claim);
        Ok(index)
    }

    /// Remembers the name of a claim that could not be read.
    pub(super) fn add_unread(&mut self, id: &str) {
        self.unread.insert(id.to_owned());
    }

    /// Whether a claim of this name is there but could not be read: what rests on it says nothing,
    /// for the mistake has its finding already.
    pub fn is_unread(&self, id: &str) -> bool {
        self.unread.contains(id)
    }

    /// The index of a name.
    pub fn find(&self, id: &str) -> Option<usize> {
        self.by_id.get(id).copied()
    }

    /// The claim at an index.
    pub fn get(&self, index: usize) -> &Claim {
        &self.all[index]
    }

    /// All claims, in the order of the file.
    pub fn all(&self) -> &[Claim] {
        &self.all
    }

    /// All claims, to be given their places.
    pub(super) fn all_mut(&mut self) -> &mut [Claim] {
        &mut self.all
    }

    /// Groups of claims that state the same fact, each in the order of the file.
    pub fn same_facts(&self) -> Vec<Vec<usize>> {
        let mut order: Vec<Vec<usize>> = Vec::new();
        let mut by_fact: HashMap<Fact<'_>, usize> = HashMap::new();
        for (index, claim) in self.all.iter().enumerate() {
            let (Some(subject), Some(measure), Some((_, when))) =
                (&claim.subject, &claim.measure, &claim.figure.when)
            else {
                continue;
            };
            match by_fact.get(&(&**subject, &**measure, *when)) {
                Some(&group) => order[group].push(index),
                None => {
                    by_fact.insert((subject, measure, *when), order.len());
                    order.push(vec![index]);
                }
            }
        }
        order.retain(|group| 1 < group.len());
        order
    }
}
