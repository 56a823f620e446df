//! How much a page shows, and what it says of the rest.

use crate::value::grouped;

/// Findings that a page shows, relations that it shows, and figures that it marks; a browser takes minutes
/// for more, and nobody reads them. The machine formats have all of them.
pub(super) const MOST: Room = Room { findings: 2_000, relations: 2_000, marks: 10_000 };

/// How much more a page takes.
#[derive(Clone, Copy)]
pub(super) struct Room {
    pub(super) findings: usize,
    pub(super) relations: usize,
    pub(super) marks: usize,
}

impl Room {
    /// What of so much a page leaves out, in words.
    pub(super) fn beyond(self) -> Vec<String> {
        let one = |there: usize, shown: usize, what: &str| {
            let says = || {
                format!("{} of {} {what}", grouped(&shown.to_string()), grouped(&there.to_string()))
            };
            (shown < there).then(says)
        };
        let all = [
            one(self.findings, MOST.findings, "findings"),
            one(self.relations, MOST.relations, "relations"),
            one(self.marks, MOST.marks, "figures"),
        ];
        all.into_iter().flatten().collect()
    }
}

/// Takes so many of what room there is; how many there were.
pub(super) fn take(room: &mut usize, wanted: usize) -> usize {
    let taken = wanted.min(*room);
    *room -= taken;
    taken
}
