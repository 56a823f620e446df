//! The file that keeps what somebody has judged of contradictions in unaltered texts.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::checks::Check;
use crate::finding::Finding;
use crate::measure::sight::Told;
use crate::shape::{Document, Holds, Key, Shape, quoted};
use crate::source::{SourceId, Sources};

/// A file with judgements.
pub(crate) static JUDGEMENTS: Shape = Shape {
    what: "a file of judgements",
    keys: &[Key::optional("found", Holds::Tables(&FOUND), "contradictions in unaltered texts")],
    others: None,
};

static FOUND: Shape = Shape {
    what: "a contradiction",
    keys: &[
        Key::required("text", Holds::Text, "the text that it stands in"),
        Key::required("rule", Holds::Text, "the rule"),
        Key::required("fingerprint", Holds::Text, "what it is known by in its text"),
        Key::required(
            "judged",
            Holds::Word(&["", "true", "arguable", "false"]),
            "whether the text is wrong; empty until somebody has read it",
        ),
        Key::optional("loosely", Holds::Flag, "whether it holds if the figures are stretched far"),
        Key::optional("says", Holds::Text, "what a finding says, until it is judged"),
        Key::optional("passage", Holds::Text, "the words around its figures, until it is judged"),
    ],
    others: None,
};

/// What somebody has judged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Judgement {
    /// The text is wrong.
    True,
    /// It can be seen either way.
    Arguable,
    /// The text is right.
    False,
}

impl Judgement {
    fn as_str(judged: Option<Self>) -> &'static str {
        match judged {
            None => "",
            Some(Self::True) => "true",
            Some(Self::Arguable) => "arguable",
            Some(Self::False) => "false",
        }
    }

    fn parse(word: &str) -> Option<Self> {
        [Self::True, Self::Arguable, Self::False]
            .into_iter()
            .find(|&one| Self::as_str(Some(one)) == word)
    }
}

/// A contradiction by its text, its rule and its fingerprint.
type Place = (String, String, String);

#[derive(Clone, Debug, Default)]
struct Entry {
    judged: Option<Judgement>,
    is_loose: bool,
    /// Whether it was seen in this run.
    is_there: bool,
    says: String,
    passage: String,
}

/// All judgements, those of texts that are not read now too.
#[derive(Clone, Debug, Default)]
pub struct Judgements(BTreeMap<Place, Entry>);

impl Judgements {
    /// Reads a file of them; `None` if a mistake is in it, which is told.
    pub fn read(sources: &Sources, id: SourceId, findings: &mut Vec<Finding>) -> Option<Self> {
        let before = findings.len();
        let document = Document::parse(sources, id, findings)?;
        let root = document.root(&JUDGEMENTS, findings);
        let mut all = BTreeMap::new();
        for fields in root.tables("found", findings) {
            let text = |key: &str| fields.text(key).map(|text| text.text.to_owned());
            let place = text("text").zip(text("rule")).zip(text("fingerprint"));
            let Some(((of, rule), fingerprint)) = place else { continue };
            let entry = Entry {
                judged: text("judged").and_then(|word| Judgement::parse(&word)),
                is_loose: fields.flag("loosely").unwrap_or(false),
                is_there: false,
                says: text("says").unwrap_or_default(),
                passage: text("passage").unwrap_or_default(),
            };
            if all.insert((of, rule, fingerprint), entry).is_some() {
                let span = fields.value_span("fingerprint").unwrap_or(fields.span);
                let message = "this contradiction is judged twice";
                let finding = Finding::broken(Check::DuplicateId, message, span);
                findings.push(finding.labelled("judged again here"));
            }
        }
        (findings.len() == before).then_some(Self(all))
    }

    /// What was judged of a contradiction.
    pub fn of(&self, text: &str, rule: &str, told: &Told) -> Option<Judgement> {
        let place = (text.to_owned(), rule.to_owned(), told.fingerprint.clone());
        self.0.get(&place)?.judged
    }

    /// Adds a contradiction for somebody to read, or renews what is shown of it.
    pub fn add(&mut self, text: &str, rule: &str, told: &Told, is_loose: bool) {
        let place = (text.to_owned(), rule.to_owned(), told.fingerprint.clone());
        let entry = self.0.entry(place).or_default();
        entry.is_loose = is_loose;
        entry.is_there = true;
        entry.says.clone_from(&told.says);
        entry.passage.clone_from(&told.passage);
    }

    /// How many nobody has judged.
    pub fn unread(&self) -> usize {
        self.0.values().filter(|entry| entry.is_there && entry.judged.is_none()).count()
    }

    /// The file: what is judged keeps no words of its text.
    pub fn written(&self) -> String {
        let mut out = String::from(
            "# Contradictions in unaltered texts. Read each one where it stands and fill in `judged`: \"true\" if \
             the\n# text is wrong, \"false\" if it is right, \"arguable\" if it can be seen either way.\n",
        );
        for ((text, rule, fingerprint), entry) in &self.0 {
            let Entry { judged, is_loose, is_there, says, passage } = entry;
            // What nobody has read and is not found any more is forgotten.
            if judged.is_none() && !is_there {
                continue;
            }
            let _ = write!(
                out,
                "\n[[found]]\ntext        = {}\nrule        = {}\nfingerprint = {}\njudged      = {}\n",
                quoted(text),
                quoted(rule),
                quoted(fingerprint),
                quoted(Judgement::as_str(*judged)),
            );
            if *is_loose {
                out.push_str("loosely     = true\n");
            }
            if judged.is_none() {
                let (says, passage) = (quoted(says), quoted(passage));
                let _ = write!(out, "says        = {says}\npassage     = {passage}\n");
            }
        }
        out
    }
}
