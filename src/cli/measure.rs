//! `crossfoot rules --measure`: how often what the rules relate in unaltered texts holds.

use std::fmt::Write as _;
use std::path::Path;

use jiff::civil::Date;

use crate::cli::commands::RulesArgs;
use crate::cli::exit::Exit;
use crate::cli::output::{complain, print, replace};
use crate::cli::rules::show_broken;
use crate::cli::run::{RulesRead, rules_for};
use crate::cli::stream::{Damage, Stream, Text, threads};
use crate::document::{Document, States};
use crate::engine::Given;
use crate::finding::Finding;
use crate::lexicon::Lexicon;
use crate::load::{Bounds, read_found, shown};
use crate::measure::{Judgements, Sight, Tally, sights};
use crate::published::Dated;
use crate::reading::Reading;
use crate::report::plural;
use crate::rule::{Examples, Measured, read_measured};
use crate::source::{SourceId, Sources};

/// Measures, writes what came of it, and says what is to be read.
pub(super) fn run(args: &RulesArgs) -> Exit {
    let RulesRead { sources, registry, lexicon, findings, failed, request, settings, .. } =
        rules_for(None, &args.project, Examples::Skip);
    if let Some(exit) = show_broken(sources, findings) {
        return exit;
    }
    let (old, known) = match (judgements(&args.judged), measures(&args.output)) {
        (Ok(old), Ok(known)) => (old, known),
        (Err(exit), _) | (_, Err(exit)) => return exit,
    };
    let rules = registry.into_owned().unmeasured();
    let words = lexicon.as_ref().unwrap_or_else(|| Lexicon::built_in());
    let given = Given::new(&rules, words);
    let (mut tally, mut failed) = (Tally::default(), failed);
    let stream = Stream {
        bounds: &Bounds::of(&request),
        states: States::default(),
        fields: &args.records.fields(),
        stdin_name: None,
        jobs: threads(None),
        excludes: &|_| false,
        is_quiet: false,
    };
    let work =
        |text: Result<Text, Damage>| text.map(|text| measured(text, given, settings.published));
    let done = stream.run(&args.measure, work, |made| {
        for one in made {
            match one {
                Ok((name, sights)) => tally.add(&name, sights),
                Err(damage) => {
                    damage.complain();
                    failed = true;
                }
            }
        }
        Ok(())
    });
    if let Err(error) = done {
        complain(&error.to_string());
        return Exit::Failed;
    }
    let Old { mut judgements, text } = old;
    let measured = tally.measured(&mut judgements);
    if failed {
        complain("nothing is written, for not all could be read");
        return Exit::Failed;
    }
    let output = replace(&args.output, known.as_deref(), &written(&measured))
        .and_then(|()| replace(&args.judged, text.as_deref(), &judgements.written()));
    if let Err(reason) = output {
        complain(&reason);
        return Exit::Failed;
    }
    print(&summary(&measured, &judgements, &args.judged))
}

/// The judgements so far, with the file that has them.
struct Old {
    judgements: Judgements,
    text: Option<String>,
}

fn judgements(path: &Path) -> Result<Old, Exit> {
    let old = old(path, Judgements::read)?;
    Ok(match old {
        Some((judgements, text)) => Old { judgements, text: Some(text) },
        None => Old { judgements: Judgements::default(), text: None },
    })
}

/// The measures that new ones take the place of: nothing else is written over.
fn measures(path: &Path) -> Result<Option<String>, Exit> {
    Ok(old(path, read_measured)?.map(|(_, text)| text))
}

/// What a file has that is written anew, if there is one, and its text.
fn old<T>(
    path: &Path,
    read: impl FnOnce(&Sources, SourceId, &mut Vec<Finding>) -> Option<T>,
) -> Result<Option<(T, String)>, Exit> {
    if !path.exists() {
        return Ok(None);
    }
    let text = read_found(path).map_err(|reason| {
        complain(&format!("{}: {reason}", shown(path)));
        Exit::Failed
    })?;
    let (mut sources, mut findings) = (Sources::new(), Vec::new());
    let id = sources.add(shown(path), text.clone());
    match read(&sources, id, &mut findings) {
        Some(old) if findings.is_empty() => Ok(Some((old, text))),
        _ => Err(show_broken(sources, findings).unwrap_or(Exit::Failed)),
    }
}

fn written(measured: &Measured) -> String {
    format!(
        "# Written by `crossfoot rules --measure`: how often what each rule relates in the prose of unaltered \
         texts\n# holds. rules/README.md says what the keys are and what follows from them.\n{}",
        measured.written()
    )
}

fn summary(measured: &Measured, judgements: &Judgements, judged: &Path) -> String {
    let texts = usize::try_from(measured.texts).unwrap_or(usize::MAX);
    let rules = plural(measured.rules.len(), "rule", "rules");
    let mut out = format!("{}, {rules} measured\n", plural(texts, "text", "texts"));
    match judgements.unread() {
        0 => {}
        unread => {
            let them = plural(unread, "contradiction is", "contradictions are");
            let _ = writeln!(out, "{them} to be read, and judged in {}", shown(judged));
        }
    }
    out
}

/// The relations of a text, with its name.
fn measured(text: Text, given: Given<'_>, published_else: Option<Date>) -> (String, Vec<Sight>) {
    let Text { name, article, published, path: _ } = text;
    let mut sources = Sources::new();
    let format = article.format();
    let id = sources.add(&*name, article.text);
    let source = sources.get(id);
    let text = source.text();
    let dated = Dated { stated: None, given: published, otherwise: published_else };
    let document = Document::of_format(source, format);
    let reading = Reading::of(document, (id, text), dated, given.lexicon);
    let sights = sights(&reading, &sources, given);
    (name, sights)
}
