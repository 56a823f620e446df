//! What cannot stand together, and the claims that sit in most of it.

/// Claims and relations that cannot stand together, none of which can be left out.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Conflict {
    /// The relations, by their numbers.
    pub relations: Vec<usize>,
    /// The claims, by their numbers.
    pub claims: Vec<usize>,
}

/// A claim among conflicts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ranked {
    /// The claim.
    pub claim: usize,
    /// In how many conflicts of the cluster it sits.
    pub conflicts: usize,
    /// Whether all the others of the cluster can stand without it.
    pub mends_all: bool,
}

/// Conflicts that share figures or relations.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cluster {
    /// Their places among all.
    pub conflicts: Vec<usize>,
    /// Their claims, those that sit in most of them first.
    pub ranking: Vec<Ranked>,
}

/// What was found in a network or a component.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Conflicts {
    /// The conflicts, the smaller ones first, and of those the ones that rest on the least doubted claims.
    pub conflicts: Vec<Conflict>,
    /// Which of them belong together.
    pub clusters: Vec<Cluster>,
    /// Whether it was given up to look for more.
    pub may_be_more: bool,
    /// Whether that was because it would have taken more steps than the budget allows.
    pub ran_out: bool,
    /// The steps that it took.
    pub steps: u64,
}
