//! All rules of a run: the built-in ones, and those a newsroom adds.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, LazyLock};

use crate::checks::Check;
use crate::finding::Finding;
use crate::lexicon::Lexicon;
use crate::rule::link::Links;
use crate::rule::{Examples, Known, Measured, Rule, built_in, measured, read, read_measured};
use crate::shape::closest;
use crate::source::{SourceId, Sources};

/// A file of `rules/`, compiled in.
#[derive(Clone, Copy, Debug)]
pub struct BuiltIn {
    /// Its path.
    pub path: &'static str,
    /// All of it.
    pub text: &'static str,
    /// What a check needs of it: without its examples and without the reason why it is there, which are
    /// most of the file.
    check: &'static str,
}

/// The files of `rules/`, sorted by path.
pub static BUILT_IN: &[BuiltIn] = include!(concat!(env!("OUT_DIR"), "/built_in_rules.rs"));

static FOR_CHECKS: LazyLock<Arc<Registry>> = LazyLock::new(|| {
    let (mut sources, lexicon) = (Sources::new(), Lexicon::built_in());
    Arc::new(Registry::new(&mut sources, &[], lexicon, Examples::Skip, &mut Vec::new()))
});

static MEASURED: LazyLock<Measured> = LazyLock::new(measured::built_in);

/// Rules, found by id.
#[derive(Clone, Debug, Default)]
pub struct Registry {
    all: Vec<Rule>,
    by_id: HashMap<String, usize>,
    links: Links,
}

impl Registry {
    /// The rules that are compiled in, with the words that are, as a check needs them; they are read once.
    pub fn built_in() -> &'static Arc<Self> {
        &FOR_CHECKS
    }

    /// The rules that are compiled in, and after them those of further files, whose examples are
    /// read in any case: nobody has tested them yet.
    ///
    /// A file with the bytes of a built-in rule is that rule; another file with the id of a rule
    /// that is there already is a finding.
    pub fn new(
        sources: &mut Sources,
        further: &[SourceId],
        lexicon: &Lexicon,
        examples: Examples,
        findings: &mut Vec<Finding>,
    ) -> Self {
        let is_plain = examples == Examples::Skip && lexicon.is_plain();
        let mut registry = if is_plain {
            Self::made(sources)
        } else {
            Self::read(sources, lexicon, examples, findings)
        };
        let built_in = registry.all.len();
        for &id in further {
            let text = sources.get(id).text();
            if !BUILT_IN.iter().any(|built_in| built_in.text == text) {
                let rule = read(sources, id, lexicon, Examples::Read, findings);
                registry.add(rule, sources, findings);
            }
        }
        registry.compile(if is_plain { built_in } else { 0 }, lexicon, findings);
        registry.add_built_in_measures();
        registry
    }

    /// The built-in rules as the build script left them, with their links.
    fn made(sources: &mut Sources) -> Self {
        let spans = BUILT_IN.iter().map(|file| {
            let id = sources.add(file.path, file.check);
            (file.path, sources.whole(id))
        });
        let all = built_in::rules(spans);
        let by_id = all.iter().enumerate().map(|(at, rule)| (rule.id.as_str().to_owned(), at));
        Self { by_id: by_id.collect(), all, links: Links::built_in() }
    }

    /// The built-in rules, read of their files.
    fn read(
        sources: &mut Sources,
        lexicon: &Lexicon,
        examples: Examples,
        findings: &mut Vec<Finding>,
    ) -> Self {
        let mut registry = Self::default();
        for file in BUILT_IN {
            let text = match examples {
                Examples::Skip => file.check,
                Examples::Read => file.text,
            };
            let id = sources.add(file.path, text);
            registry.add(read(sources, id, lexicon, examples, findings), sources, findings);
        }
        registry
    }

    /// Compiles the links of the rules from an index on.
    fn compile(&mut self, from: usize, lexicon: &Lexicon, findings: &mut Vec<Finding>) {
        if from < self.all.len() {
            let links = std::mem::take(&mut self.links);
            let rules = self.all.iter().map(|rule| (&*rule.links, &*rule.frames));
            self.links = links.with_rules(rules, from, lexicon, findings);
        }
    }

    fn add_built_in_measures(&mut self) {
        for rule in &mut self.all {
            let known = |of: &_| Known { file: None, texts: MEASURED.texts, of: Clone::clone(of) };
            rule.measured.extend(MEASURED.rules.get(rule.id.as_str()).map(known));
        }
    }

    /// Adds what was measured elsewhere. It decides of rules of which nothing else is known, and is shown
    /// beside what is.
    pub fn add_measured(&mut self, sources: &Sources, id: SourceId, findings: &mut Vec<Finding>) {
        let source = sources.get(id);
        if source.text() == measured::BUILT_IN {
            return;
        }
        let Some(measured) = read_measured(sources, id, findings) else { return };
        for (name, of) in measured.rules {
            let known = Known { file: Some(source.name().to_owned()), texts: measured.texts, of };
            match self.by_id.get(&name) {
                Some(&index) => self.all[index].measured.push(known),
                None => {
                    let at = source.text().find(&format!("[{name}")).map_or(0, |at| at + 1);
                    let span = sources.whole(id).with_range(at..at + name.len());
                    let message = format!("there is no rule `{name}`");
                    let finding = Finding::broken(Check::UnknownRule, message, span);
                    let hint = match self.closest(&name) {
                        Some(near) => format!("did you mean `{near}`?"),
                        None => "measure again, or take the table out".to_owned(),
                    };
                    findings.push(finding.labelled("not a rule").helped(hint));
                }
            }
        }
    }

    /// The same rules with nothing measured of them.
    #[must_use]
    pub fn unmeasured(mut self) -> Self {
        self.all.iter_mut().for_each(|rule| rule.measured.clear());
        self
    }

    fn add(&mut self, rule: Option<Rule>, sources: &Sources, findings: &mut Vec<Finding>) {
        let Some(rule) = rule else { return };
        if let Some(&first) = self.by_id.get(rule.id.as_str()) {
            let first = &self.all[first];
            let at = |span: crate::source::Span| {
                let text = sources.slice(span);
                let start = text.find(rule.id.as_str()).unwrap_or(0);
                span.with_range(start..start + rule.id.as_str().len())
            };
            findings.push(
                Finding::broken(
                    Check::DuplicateRule,
                    format!("two rules are named `{}`", rule.id),
                    at(rule.span),
                )
                .labelled("named again here")
                .with(at(first.span), "named first here")
                .helped("a rule of a newsroom's own needs a name of its own"),
            );
            return;
        }
        self.by_id.insert(rule.id.as_str().to_owned(), self.all.len());
        self.all.push(rule);
    }

    /// All rules, built-in ones first.
    pub fn all(&self) -> &[Rule] {
        &self.all
    }

    /// The rules by their groups, each in the order of their ids.
    pub fn groups(&self) -> BTreeMap<&str, Vec<&Rule>> {
        let mut groups: BTreeMap<&str, Vec<&Rule>> = BTreeMap::new();
        for rule in &self.all {
            groups.entry(&rule.group).or_default().push(rule);
        }
        for rules in groups.values_mut() {
            rules.sort_by(|a, b| a.id.cmp(&b.id));
        }
        groups
    }

    /// The links of all rules, compiled.
    pub fn links(&self) -> &Links {
        &self.links
    }

    /// The rules that explain a contradiction of a rule by a slip.
    pub fn slips_of(&self, id: &str) -> impl Iterator<Item = &Rule> {
        self.all.iter().filter(move |rule| rule.slip.as_ref().is_some_and(|slip| slip.of == id))
    }

    /// The rule with an id.
    pub fn get(&self, id: &str) -> Option<&Rule> {
        self.by_id.get(id).map(|&index| &self.all[index])
    }

    /// The id that a misspelt one is nearest to.
    pub fn closest(&self, id: &str) -> Option<&str> {
        closest(id, self.all.iter().map(|rule| rule.id.as_str()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What the build script made of the rule files is what the program makes of them.
    #[test]
    fn the_rules_are_those_of_their_files() {
        let (mut sources, lexicon) = (Sources::new(), Lexicon::built_in());
        let mut findings = Vec::new();
        let mut read = Registry::read(&mut sources, lexicon, Examples::Skip, &mut findings);
        read.compile(0, lexicon, &mut findings);
        assert!(findings.is_empty(), "{findings:#?}");
        let made = Registry::made(&mut Sources::new());
        assert_eq!(made.all.len(), read.all.len());
        let without_places = |rule: &Rule| {
            let mut rule = rule.clone();
            rule.links.iter_mut().for_each(|link| link.span = rule.span);
            rule.frames.iter_mut().for_each(|frame| frame.span = rule.span);
            format!("{rule:#?}")
        };
        for (made, read) in made.all.iter().zip(&read.all) {
            assert_eq!(without_places(made), without_places(read), "{}", read.id);
        }
        assert_eq!(made.by_id, read.by_id);
        let id = sources.add("rules/measured.toml", measured::BUILT_IN);
        let measured = read_measured(&sources, id, &mut findings).unwrap();
        assert_eq!((&findings[..], &*MEASURED), (&[][..], &measured));
        let without_classes = |links: &Links| {
            let mut links = links.clone();
            links.words.classes.clear();
            format!("{links:?}")
        };
        assert!(without_classes(&made.links) == without_classes(&read.links));
    }
}
