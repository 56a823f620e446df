//! What the targets share: the rules of a run, read once, and a report in every format.

use std::sync::LazyLock;

use crossfoot::lexicon::Lexicon;
use crossfoot::report::{Look, Report, human, json, short};
use crossfoot::rule::{Examples, Registry};
use crossfoot::source::Sources;

static RULES: LazyLock<(Sources, Registry)> = LazyLock::new(|| {
    let mut sources = Sources::new();
    let lexicon = Lexicon::built_in();
    let rules = Registry::new(&mut sources, &[], lexicon, Examples::Skip, &mut Vec::new());
    (sources, rules)
});

/// The built-in rules with a copy of their sources, to which texts are added.
pub fn rules() -> (Sources, &'static Registry) {
    (RULES.0.clone(), &RULES.1)
}

/// Writes a report in every format.
pub fn write(report: &Report) {
    human(report, Look { colour: false, narrated: false, width: 80, relations: true });
    short(report);
    json(report);
}
