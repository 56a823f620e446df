//! The pipeline: texts in, a report out.

mod articles;
mod checker;
mod decided;
mod error;
mod explain;
mod options;
mod text;

use std::collections::BTreeMap;

#[cfg(feature = "parallel")]
use rayon::prelude::*;

use crate::check::text::{CameTo, Text};
use crate::checks::Check;
use crate::claim::{self, ClaimsFile};
use crate::engine::{Given, Verdict};
use crate::finding::{self, Finding, FindingId, Severity};
use crate::lexicon::Lexicon;
use crate::report::{About, Judged, Report};
use crate::rule::Registry;
use crate::source::{SourceId, Sources};

pub use articles::{Article, Articles, NoArticles};
pub use checker::{Checker, Rules};
pub use error::Error;
pub use options::Options;

/// The texts of a run, among its sources. What is not given is left to `..Inputs::default()`, so that a
/// further kind of texts breaks no caller.
#[derive(Clone, Copy, Debug, Default)]
pub struct Inputs<'i> {
    /// Claims files.
    pub claims: &'i [SourceId],
    /// Articles that no claims file names.
    pub articles: &'i [SourceId],
}

/// Checks claims files and articles by rules that were read before: the whole pipeline.
///
/// Nothing but `articles` touches the outside, so the same input gives the same report. The sources of the
/// rules, but for those of the built-in ones, must be among `sources`.
pub fn check(
    mut sources: Sources,
    rules: &Registry,
    inputs: Inputs<'_>,
    options: &Options,
    articles: &mut dyn Articles,
) -> Report {
    let lexicon = options.lexicon();
    let given = Given {
        preview: options.preview,
        levels: Some(&options.levels),
        budget: options.budget,
        ..Given::new(rules, lexicon)
    };
    let mut all = opened(&mut sources, inputs.claims, lexicon, articles);
    all.extend(inputs.articles.iter().map(|&id| Text::alone(id)));
    let mut came_to = CameTo::default();
    for one in each(all, Text::source, &sources, |text| {
        let _done = options.counted();
        text.check(&sources, given, options)
    }) {
        came_to.add(
            one.unwrap_or_else(|fault| CameTo { findings: vec![*fault], ..CameTo::default() }),
        );
    }
    let CameTo {
        figures,
        uncovered,
        undated,
        files,
        coverage,
        together,
        homes,
        articles,
        explained,
        facts,
        mut relations,
        mut findings,
        conflicts,
    } = came_to;
    if let Some(least) = options.min_coverage {
        findings.extend(coverage.iter().filter_map(|one| one.too_low(least)));
    }
    findings.retain(|finding| finding.broken_input || options.reports(finding.rule.as_str()));
    if !options.levels.is_empty() {
        relevel(&mut findings, &mut relations, rules, options);
    }
    finding::sort(&mut findings);
    // What is not reported is no contradiction of the report either.
    relations.retain(|relation| {
        relation.verdict != Verdict::Contradicts || options.reports(relation.rule.as_str())
    });
    let about = spoken(&findings, rules);
    Report {
        sources,
        findings,
        relations,
        conflicts,
        figures,
        texts: texts(&files, inputs.articles),
        files,
        coverage,
        uncovered,
        undated,
        together,
        homes,
        articles,
        explained,
        facts,
        rules: about,
        let_stand: Vec::new(),
    }
}

/// What was checked: claims files by their articles, where they have one, and the other articles.
fn texts(files: &[ClaimsFile], articles: &[SourceId]) -> Vec<SourceId> {
    let named = files.iter().map(|file| file.anchored_in.unwrap_or(file.span.source));
    named.chain(articles.iter().copied()).collect()
}

/// What the rules are about that have spoken.
fn spoken(findings: &[Finding], rules: &Registry) -> BTreeMap<String, About> {
    let spoke = findings.iter().filter_map(|finding| match &finding.rule {
        FindingId::Rule(rule) => rules.get(rule.as_str()),
        FindingId::Check(_) => None,
    });
    spoke.map(|rule| (rule.id.to_string(), About::rule(rule))).collect()
}

/// Gives findings and relations the levels that are wanted of their rules.
fn relevel(
    findings: &mut [Finding],
    relations: &mut [Judged],
    rules: &Registry,
    options: &Options,
) {
    let own = |id: &FindingId| match id {
        FindingId::Rule(rule) => rules.get(rule.as_str()).map(|rule| rule.severity),
        FindingId::Check(check) => Some(check.severity()),
    };
    let level = |rule: &FindingId, said: Severity| {
        options.level_of(rule.as_str(), own(rule).unwrap_or(said), said)
    };
    for finding in findings.iter_mut().filter(|finding| !finding.broken_input) {
        finding.severity = level(&finding.rule, finding.severity);
    }
    for relation in relations {
        relation.severity = level(&relation.rule, relation.severity);
    }
}

/// Reads claims files on all cores, and finds their articles, which are added to the sources.
fn opened(
    sources: &mut Sources,
    files: &[SourceId],
    lexicon: &Lexicon,
    articles: &mut dyn Articles,
) -> Vec<Text> {
    let read = each(
        files.to_vec(),
        |&id| Some(id),
        sources,
        |id| {
            let mut findings = Vec::new();
            let file = claim::read(sources, id, lexicon, &mut findings).map(Box::new);
            Text { file, article: None, findings }
        },
    );
    let open = |text: Result<Text, Box<Finding>>| {
        let mut text = text.unwrap_or_else(|fault| Text::broken(vec![*fault]));
        let Some(file) = &text.file else { return text };
        let (id, findings) = (file.span.source, &mut text.findings);
        match guarded(id, sources, || article(file, articles, findings)) {
            Ok(named) => {
                text.article = named.map(|Article { name, text }| sources.add(name, text));
                text
            }
            Err(fault) => Text::broken(vec![*fault]),
        }
    };
    read.into_iter().map(open).collect()
}

/// Does something for texts one by one, on all cores, and hands back what each came to, in their order. A
/// fault of the program in one of them is a finding there, and the others are done all the same.
fn each<T: Send, R: Send>(
    texts: Vec<T>,
    source: impl Fn(&T) -> Option<SourceId> + Sync,
    sources: &Sources,
    work: impl Fn(T) -> R + Sync,
) -> Vec<Result<R, Box<Finding>>> {
    let work = |text: T| match source(&text) {
        Some(id) => guarded(id, sources, || work(text)),
        None => Ok(work(text)),
    };
    #[cfg(feature = "parallel")]
    // One text is not worth waking other threads for.
    if 1 < texts.len() {
        return texts.into_par_iter().map(work).collect();
    }
    texts.into_iter().map(work).collect()
}

/// Does something for a text.
///
/// # Errors
/// A finding, if the program has a fault there.
fn guarded<T>(
    id: SourceId,
    sources: &Sources,
    work: impl FnOnce() -> T,
) -> Result<T, Box<Finding>> {
    finding::guarded(work).map_err(|message| {
        let finding = Finding::broken(Check::InternalError, message, sources.whole(id))
            .labelled("this text is not checked")
            .helped("nothing is wrong with the text; please report it with the text, if you may");
        Box::new(finding)
    })
}

/// The article of a claims file, its name and its text; a finding where it names one that is not there.
fn article(
    file: &ClaimsFile,
    articles: &mut dyn Articles,
    findings: &mut Vec<Finding>,
) -> Option<Article> {
    let Some((path, span)) = &file.article else {
        let quoted = file.claims.all().iter().find_map(|claim| claim.quote.as_ref());
        findings.extend(quoted.map(|quote| {
            Finding::broken(
                Check::ArticleMissing,
                "a claim has a quote, but the file names no article",
                quote.span,
            )
            .labelled("quoted from what?")
            .helped("`article = \"draft.md\"` at the top of the file, relative to it")
        }));
        return None;
    };
    match articles.find(file.span.source, path) {
        Ok(found) => Some(found),
        Err(Error { message, label, help }) => {
            let finding = Finding::broken(Check::ArticleMissing, message, *span);
            findings.push(finding.labelled(label).helped(help));
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_in_one_text_leaves_the_others_checked() {
        let mut sources = Sources::new();
        let ids: Vec<SourceId> = ["a.md", "b.md", "c.md"].map(|name| sources.add(name, "")).into();
        for texts in [&ids[..], &ids[1..2]] {
            let check = |text: SourceId| assert_ne!(text, ids[1], "planted");
            let came_to = each(texts.to_vec(), |&id| Some(id), &sources, check);
            assert_eq!(came_to.iter().filter(|one| one.is_ok()).count(), texts.len() - 1);
            let findings: Vec<&Finding> =
                came_to.iter().filter_map(|one| one.as_ref().err().map(|fault| &**fault)).collect();
            let [only] = &*findings else { panic!("{findings:#?}") };
            assert_eq!(only.rule, Check::InternalError);
            assert_eq!(only.primary.span.source, ids[1]);
            assert!(only.broken_input && only.message.contains("planted"), "{only:#?}");
        }
    }
}
