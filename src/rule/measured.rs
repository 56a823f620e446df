//! What was measured of rules on unaltered texts, and what follows from it: whether a contradiction in prose
//! is an error, and beyond which strain figures contradict.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::checks::Check;
use crate::finding::Finding;
use crate::rule::row::{MeasureRow, MeasuredRow};
use crate::shape::{Document, Fields, Holds, Key, Shape, Text, quoted};
use crate::source::{SourceId, Sources};
use crate::value::{Strain, grouped};

/// The name of a file with measures, wherever rules lie.
pub const FILE_NAME: &str = "measured.toml";

/// What was measured of the built-in rules.
pub(super) static BUILT_IN: &str =
    include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/rules/measured.toml"));

/// A file with measures.
pub(crate) static MEASURED: Shape = Shape {
    what: "a file of measures",
    keys: &[Key::required("texts", Holds::Number, "how many unaltered texts were read")],
    others: Some(Holds::Table(&OF_RULE, false)),
};

macro_rules! measure_keys {
    ($($more:expr)?) => {
        &[
            Key::required("seen", Holds::Number, "how many relations were read of prose"),
            Key::required("held", Holds::Number, "how many of them hold, or are real errors"),
            Key::optional("different", Holds::Number, "how many of them have figures of their own"),
            Key::optional("read", Holds::Table(&READ, false), "contradictions that were judged"),
            Key::optional("unread", Holds::Number, "contradictions that nobody has judged"),
            Key::optional("strain", Holds::Table(&STRAIN, false), "how far figures are stretched"),
            $($more,)?
        ]
    };
}

static OF_RULE: Shape = Shape {
    what: "what was measured of a rule",
    keys: measure_keys!(Key::optional(
        "apart",
        Holds::Table(&APART, false),
        "links and frames that are measured by themselves, by name"
    )),
    others: None,
};

static APART: Shape = Shape {
    what: "what was measured apart",
    keys: &[],
    others: Some(Holds::Table(&OF_NAME, false)),
};

static OF_NAME: Shape =
    Shape { what: "what was measured apart", keys: measure_keys!(), others: None };

static READ: Shape = Shape {
    what: "the judged contradictions",
    keys: &[
        Key::required("true", Holds::Number, "real errors"),
        Key::required("arguable", Holds::Number, "what can be seen either way"),
        Key::required("false", Holds::Number, "false alarms"),
    ],
    others: None,
};

static STRAIN: Shape = Shape {
    what: "the strain of what holds",
    keys: &[
        Key::required("p95", Holds::Text, "what 95 of 100 need at most"),
        Key::required("p99", Holds::Text, "what 99 of 100 need at most"),
        Key::required("max", Holds::Text, "the most that any needs"),
    ],
    others: None,
};

/// Sights below which a share says little.
const ENOUGH: u64 = 50;
/// Sights below which it says nothing: a single false one would be more than a tenth.
const ANY: u64 = 10;

/// What was measured on some texts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Measured {
    /// How many texts were read.
    pub texts: u64,
    /// The rules that were seen, by id.
    pub rules: BTreeMap<String, OfRule>,
}

/// What was measured of a rule.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OfRule {
    /// Of all that is not measured apart.
    pub rest: Measure,
    /// Of links and frames that are, by name.
    pub apart: BTreeMap<String, Measure>,
}

/// How often relations of one kind hold in unaltered texts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Measure {
    /// How many there are.
    pub seen: u64,
    /// How many of them hold, or contradict rightly.
    pub held: u64,
    /// How many have figures of their own: texts repeat each other.
    pub different: u64,
    /// The contradictions that somebody has read.
    pub read: Read,
    /// Those that nobody has.
    pub unread: u64,
    /// How far the figures of what holds are stretched.
    pub strain: Option<Percentiles>,
}

/// Contradictions that somebody has read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Read {
    /// Real errors.
    pub rightly: u64,
    /// What can be seen either way.
    pub arguably: u64,
    /// False alarms.
    pub falsely: u64,
}

/// Strains of what holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Percentiles {
    /// What 95 of 100 need at most.
    pub p95: Strain,
    /// What 99 of 100 need at most.
    pub p99: Strain,
    /// The most that any needs.
    pub max: Strain,
}

/// How far contradictions in prose are trusted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trust {
    /// They have the level of their rule.
    Full,
    /// They are warnings at most.
    Doubtful,
    /// They are told with `--preview` only.
    Preview,
}

/// A measure of a rule with where it comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Known {
    /// The file, where it is not the built-in one.
    pub file: Option<String>,
    /// How many texts it was made on.
    pub texts: u64,
    /// The measure.
    pub of: OfRule,
}

impl OfRule {
    /// What was measured of the rule, or apart under a name.
    pub fn get(&self, apart: Option<&str>) -> Option<&Measure> {
        match apart {
            None => Some(&self.rest),
            Some(name) => self.apart.get(name),
        }
    }

    /// All measures that say something, with their names.
    pub fn all(&self) -> impl Iterator<Item = (Option<&str>, &Measure)> {
        let apart = self.apart.iter().map(|(name, measure)| (Some(&**name), measure));
        std::iter::once((None, &self.rest)).chain(apart).filter(|(_, measure)| measure.seen != 0)
    }
}

impl Measure {
    fn of_row(row: &MeasureRow<&str>) -> Self {
        let [rightly, arguably, falsely] = row.read;
        let strain = row.strain.and_then(|[p95, p99, max]| {
            let (p95, p99) = (Strain::parse(p95)?, Strain::parse(p99)?);
            Some(Percentiles { p95, p99, max: Strain::parse(max)? })
        });
        Self {
            seen: row.seen,
            held: row.held,
            different: row.different,
            read: Read { rightly, arguably, falsely },
            unread: row.unread,
            strain,
        }
    }

    /// How far contradictions are trusted: fully where at least 98 of 100 of at least 50 relations held, or,
    /// of fewer, none was ever called wrong falsely; not at all where not 90 of 100 of at least ten held.
    pub fn trust(&self) -> Trust {
        let share = |percent: u64| {
            u128::from(percent) * u128::from(self.seen) <= 100 * u128::from(self.held)
        };
        let is_full = if self.seen < ENOUGH { self.read.falsely == 0 } else { share(98) };
        match () {
            () if is_full => Trust::Full,
            () if share(90) || self.seen < ANY => Trust::Doubtful,
            () => Trust::Preview,
        }
    }

    /// Adds what was counted elsewhere, but for strains.
    pub fn add(&mut self, other: &Self) {
        let add = |sum: &mut u64, more: u64| *sum = sum.saturating_add(more);
        add(&mut self.seen, other.seen);
        add(&mut self.held, other.held);
        add(&mut self.different, other.different);
        add(&mut self.read.rightly, other.read.rightly);
        add(&mut self.read.arguably, other.read.arguably);
        add(&mut self.read.falsely, other.read.falsely);
        add(&mut self.unread, other.unread);
    }

    /// Beyond which strain figures contradict: a sixteenth above the most that unaltered text needs, within
    /// the digits and careless rounding. Unknown where too little was seen.
    pub fn limit(&self) -> Option<Strain> {
        Some(self.enough()?.max.widened().max(Strain::STRICT))
    }

    /// Beyond which strain what holds is unusual.
    pub fn usual(&self) -> Option<Strain> {
        Some(self.enough()?.p99.max(Strain::STRICT))
    }

    fn enough(&self) -> Option<Percentiles> {
        self.strain.filter(|_| ENOUGH <= self.seen)
    }

    /// The measure in words: "held in 409 of 412 places of 10,051 unaltered articles; 2 errors were real, 1
    /// false".
    pub fn told(&self, texts: u64) -> String {
        const UNREAD: &str = "not read yet";
        let mut out = format!(
            "held in {} of {} of {} unaltered {}",
            grouped(&self.held.to_string()),
            counted(self.seen, "place", "places"),
            grouped(&texts.to_string()),
            if texts == 1 { "article" } else { "articles" },
        );
        let parts: Vec<String> = [
            (self.read.rightly, "real"),
            (self.read.arguably, "arguable"),
            (self.read.falsely, "false"),
            (self.unread, UNREAD),
        ]
        .into_iter()
        .filter(|&(count, _)| count != 0)
        .enumerate()
        .map(|(at, (count, what))| match (at, what) {
            (0, UNREAD) => {
                let verb = if count == 1 { "is" } else { "are" };
                format!("{} {verb} {what}", counted(count, "contradiction", "contradictions"))
            }
            (0, _) => {
                let verb = if count == 1 { "was" } else { "were" };
                format!("{} {verb} {what}", counted(count, "error", "errors"))
            }
            _ => format!("{} {what}", grouped(&count.to_string())),
        })
        .collect();
        if !parts.is_empty() {
            let _ = write!(out, "; {}", parts.join(", "));
        }
        out
    }
}

fn counted(number: u64, one: &str, many: &str) -> String {
    format!("{} {}", grouped(&number.to_string()), if number == 1 { one } else { many })
}

/// What was measured of the built-in rules, as the build script read its file.
pub(super) fn built_in() -> Measured {
    let bytes: &'static [u8] = include_bytes!(concat!(env!("OUT_DIR"), "/measured.bin"));
    let Ok(row) = postcard::from_bytes::<MeasuredRow<&str>>(bytes) else {
        return Measured::default();
    };
    let apart = |all: Vec<(&str, MeasureRow<&str>)>| {
        all.into_iter().map(|(name, row)| (name.to_owned(), Measure::of_row(&row))).collect()
    };
    let rule = |(name, rest, all): (&str, MeasureRow<&str>, Vec<_>)| {
        (name.to_owned(), OfRule { rest: Measure::of_row(&rest), apart: apart(all) })
    };
    Measured { texts: row.texts, rules: row.rules.into_iter().map(rule).collect() }
}

/// Reads a file of measures. `None` if it is no TOML; what is wrong in it is left out, and told.
pub fn read_measured(
    sources: &Sources,
    id: SourceId,
    findings: &mut Vec<Finding>,
) -> Option<Measured> {
    let document = Document::parse(sources, id, findings)?;
    let root = document.root(&MEASURED, findings);
    let texts = number(&root, "texts", findings)?;
    let mut rules = BTreeMap::new();
    for (name, _) in root.other_keys() {
        let Some(fields) = root.table(name, findings) else { continue };
        let Some(rest) = measure(&fields, findings) else { continue };
        let mut apart = BTreeMap::new();
        if let Some(names) = fields.table("apart", findings) {
            for (name, _) in names.other_keys() {
                let found = names.table(name, findings);
                let found = found.and_then(|fields| measure(&fields, findings));
                apart.extend(found.map(|measure| (name.to_owned(), measure)));
            }
        }
        rules.insert(name.to_owned(), OfRule { rest, apart });
    }
    Some(Measured { texts, rules })
}

fn measure(fields: &Fields<'_>, findings: &mut Vec<Finding>) -> Option<Measure> {
    let optional = |name: &str, findings: &mut Vec<Finding>| {
        if fields.has(name) { number(fields, name, findings) } else { Some(0) }
    };
    let (seen, held) = (number(fields, "seen", findings)?, number(fields, "held", findings)?);
    if seen < held {
        let span = fields.value_span("held").unwrap_or(fields.span);
        let message = format!("{held} of {seen} relations cannot hold");
        let finding = Finding::broken(Check::WrongType, message, span);
        findings.push(finding.labelled("more than were seen"));
        return None;
    }
    let read = match fields.table("read", findings) {
        None => Read::default(),
        Some(read) => Read {
            rightly: number(&read, "true", findings)?,
            arguably: number(&read, "arguable", findings)?,
            falsely: number(&read, "false", findings)?,
        },
    };
    let strain = match fields.table("strain", findings) {
        None => None,
        Some(strain) => Some(Percentiles {
            p95: strain_of(&strain, "p95", findings)?,
            p99: strain_of(&strain, "p99", findings)?,
            max: strain_of(&strain, "max", findings)?,
        }),
    };
    let different = optional("different", findings)?;
    Some(Measure { seen, held, different, read, unread: optional("unread", findings)?, strain })
}

fn number(fields: &Fields<'_>, name: &str, findings: &mut Vec<Finding>) -> Option<u64> {
    let Text { text, span, .. } = fields.scalar(name)?;
    let number = text.replace('_', "").parse().ok();
    // What is no number at all is told by its shape.
    if number.is_none() && fields.is_number(name) {
        let finding = Finding::broken(Check::WrongType, "this is to be a whole number", span);
        findings.push(finding.labelled("from 0 on"));
    }
    number
}

fn strain_of(fields: &Fields<'_>, name: &str, findings: &mut Vec<Finding>) -> Option<Strain> {
    let Text { text, span, .. } = fields.text(name)?;
    let strain = Strain::parse(text);
    if strain.is_none() {
        findings.push(
            Finding::broken(Check::WrongType, "a strain is a number from 0 to 2", span)
                .labelled("in sixteenths, as in \"1.25\""),
        );
    }
    strain
}

impl Measured {
    /// The measures as a file of them.
    pub fn written(&self) -> String {
        let mut out = format!("texts = {}\n", self.texts);
        for (id, of) in &self.rules {
            let _ = write!(out, "\n[{id}]\n{}", lines(&of.rest));
            for (name, measure) in &of.apart {
                let is_plain = name.bytes().all(|b| b.is_ascii_lowercase() || b == b'-');
                let key = if is_plain { name.clone() } else { quoted(name) };
                let _ = write!(out, "\n[{id}.apart.{key}]\n{}", lines(measure));
            }
        }
        out
    }
}

fn lines(measure: &Measure) -> String {
    let Measure { seen, held, different, read, unread, strain } = measure;
    let mut out = format!("seen = {seen}\nheld = {held}\ndifferent = {different}\n");
    if *read != Read::default() {
        let Read { rightly, arguably, falsely } = read;
        let _ = writeln!(
            out,
            "read = {{ true = {rightly}, arguable = {arguably}, false = {falsely} }}"
        );
    }
    if *unread != 0 {
        let _ = writeln!(out, "unread = {unread}");
    }
    if let Some(Percentiles { p95, p99, max }) = strain {
        let _ = writeln!(out, "strain = {{ p95 = \"{p95}\", p99 = \"{p99}\", max = \"{max}\" }}");
    }
    out
}
