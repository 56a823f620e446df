//! Findings that were there before: known by their rule, their file and the words that they mark, not by their
//! line nor by how they are worded, so that only new ones fail a run.

use std::collections::HashMap;
use std::fmt::Write as _;

use crate::checks::Check;
use crate::finding::Finding;
use crate::report::{Report, fingerprint, fingerprint_worded, hangs_on_message};
use crate::shape::{Document, Holds, Key, Shape, quoted};
use crate::source::{SourceId, Sources, Span, one_line};
use crate::suppress::Silenced;

/// A baseline file.
pub static BASELINE: Shape = Shape {
    what: "the baseline",
    keys: &[Key::optional("known", Holds::Tables(&KNOWN), "the findings, one table each")],
    others: None,
};

static KNOWN: Shape = Shape {
    what: "a known finding",
    keys: &[
        Key::required("rule", Holds::Text, "the rule that finds it"),
        Key::required("file", Holds::Text, "where it stands, relative to this file"),
        Key::required("fingerprint", Holds::Text, "its rule and what it marks, as a digest"),
        Key::optional("message", Holds::Text, "what it says, for people"),
    ],
    others: None,
};

/// A finding that is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Known {
    /// Where the file lists it.
    pub span: Span,
    /// The rule that finds it.
    pub rule: String,
    /// The article or claims file, relative to the baseline's folder.
    pub file: String,
    /// Its rule and what it marks, as a digest.
    pub fingerprint: String,
    /// What it says.
    pub message: String,
}

/// What identifies a finding: its rule, its file, its fingerprint.
type Identity = (String, String, String);

/// From the name of a source to its path relative to the baseline's folder.
pub type Relative<'f> = dyn Fn(&str) -> String + 'f;

/// Reads a baseline; every mistake is a finding.
pub fn read(sources: &Sources, id: SourceId, findings: &mut Vec<Finding>) -> Vec<Known> {
    let Some(document) = Document::parse(sources, id, findings) else { return Vec::new() };
    let root = document.root(&BASELINE, findings);
    let tables = root.tables("known", findings);
    let known = tables.iter().filter_map(|fields| {
        let text = |key: &str| fields.text(key).map(|text| text.text.to_owned());
        Some(Known {
            span: fields.span,
            rule: text("rule")?,
            file: text("file")?,
            fingerprint: text("fingerprint")?,
            message: text("message").unwrap_or_default(),
        })
    });
    known.collect()
}

impl Known {
    fn identity(&self) -> Identity {
        (self.rule.clone(), self.file.clone(), self.fingerprint.clone())
    }
}

/// Whether a run can say of a known finding that it is mended.
pub type Covers<'f> = dyn Fn(&Known) -> bool + 'f;

/// Takes the known findings out of a report, and puts in a warning for each one that is mended.
/// Returns how many were taken out. The caller sorts.
pub fn apply(
    report: &mut Report,
    known: &[Known],
    relative: &Relative<'_>,
    covers: &Covers<'_>,
) -> usize {
    let sources = &report.sources;
    let mut left = Left::of(known);
    // What stands for another reason is there all the same.
    for Silenced { finding, .. } in &report.let_stand {
        left.take(finding, sources, relative);
    }
    let mut is_known =
        |finding: &Finding| !finding.broken_input && left.take(finding, sources, relative);
    let (taken, kept): (Vec<Finding>, Vec<Finding>) =
        std::mem::take(&mut report.findings).into_iter().partition(|finding| is_known(finding));
    report.findings = kept;
    let count = taken.len();
    let reason = "it was there before, and is in the baseline";
    report.let_stand.extend(taken.into_iter().map(|finding| Silenced {
        finding,
        reason: reason.to_owned(),
        in_text: false,
    }));
    report.findings.extend(left.rest().filter(|one| covers(one)).map(mended_finding));
    count
}

/// Known findings that nothing was found for yet.
struct Left<'k> {
    current: HashMap<Identity, Vec<&'k Known>>,
    /// By rule and file, those whose fingerprint hangs on their message.
    worded: HashMap<(String, String), Vec<&'k Known>>,
}

impl<'k> Left<'k> {
    fn of(known: &'k [Known]) -> Self {
        let mut left = Self { current: HashMap::new(), worded: HashMap::new() };
        for one in known.iter().rev() {
            if hangs_on_message(&one.fingerprint) {
                let place = (one.rule.clone(), one.file.clone());
                left.worded.entry(place).or_default().push(one);
            } else {
                left.current.entry(one.identity()).or_default().push(one);
            }
        }
        left
    }

    /// Takes out the known finding that this one is; whether there is one.
    fn take(&mut self, finding: &Finding, sources: &Sources, relative: &Relative<'_>) -> bool {
        let identity = identity(finding, sources, relative);
        if self.current.get_mut(&identity).is_some_and(|all| all.pop().is_some()) {
            return true;
        }
        let (rule, file, _) = identity;
        let Some(all) = self.worded.get_mut(&(rule, file)) else { return false };
        let is_it =
            |one: &&Known| fingerprint_worded(finding, &one.message, sources) == one.fingerprint;
        let at = all.iter().rposition(is_it);
        at.map(|at| all.remove(at)).is_some()
    }

    fn rest(self) -> impl Iterator<Item = &'k Known> {
        self.current.into_values().chain(self.worded.into_values()).flatten()
    }
}

fn mended_finding(known: &Known) -> Finding {
    let message = format!("a known {} in {} is mended", known.rule, known.file);
    Finding::of(Check::MendedFinding, message, known.span)
        .labelled(if known.message.is_empty() { "no longer found" } else { &known.message })
        .helped("take it out of the baseline, or let `--write-baseline` write the file anew")
}

fn identity(finding: &Finding, sources: &Sources, relative: &Relative<'_>) -> Identity {
    let name = sources.get(finding.primary.span.source).name();
    (finding.rule.to_string(), relative(name), fingerprint(finding, sources))
}

/// The text of a baseline: what a report says, and what an earlier one knew of files that it is not
/// about.
pub fn written(
    report: &Report,
    earlier: &[Known],
    relative: &Relative<'_>,
    covers: &Covers<'_>,
) -> String {
    let mut all: Vec<(Identity, String)> = report
        .findings
        .iter()
        .filter(|finding| !finding.broken_input)
        .map(|finding| (identity(finding, &report.sources, relative), one_line(&finding.message)))
        .collect();
    let others = earlier.iter().filter(|one| !covers(one));
    all.extend(others.map(|one| (one.identity(), one.message.clone())));
    all.sort_by(|((rule, file, digest), message), ((rule2, file2, digest2), message2)| {
        (file, rule, message, digest).cmp(&(file2, rule2, message2, digest2))
    });
    let mut out = String::from(
        "# Findings that were there before, as `crossfoot check --write-baseline` wrote them.\n\
         # `--baseline` with this file reports only others. What is mended is to be taken out.\n",
    );
    for ((rule, file, fingerprint), message) in all {
        let _ = write!(
            out,
            "\n[[known]]\nrule = {}\nfile = {}\nfingerprint = {}\nmessage = {}\n",
            quoted(&rule),
            quoted(&file),
            quoted(&fingerprint),
            quoted(&message),
        );
    }
    out
}
