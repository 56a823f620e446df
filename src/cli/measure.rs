//! `crossfoot rules --measure`: how often what the rules relate in unaltered texts holds.

use std::fmt::Write as _;
use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use jiff::civil::Date;
use rayon::prelude::*;

use crate::cli::commands::RulesArgs;
use crate::cli::exit::Exit;
use crate::cli::extract::{input_line, is_lines};
use crate::cli::formats::passed;
use crate::cli::output::{complain, print, replace};
use crate::cli::progress::Progress;
use crate::cli::rules::show_broken;
use crate::cli::run::{RulesRead, rules_for};
use crate::document::{Document, States};
use crate::engine::Given;
use crate::finding::{self, Finding};
use crate::lexicon::Lexicon;
use crate::load::{self, Article, Bounds, LARGEST_ARTICLE, Origin, read_found, shown, too_large};
use crate::measure::{Judgements, Sight, Tally, sights};
use crate::published::Dated;
use crate::reading::Reading;
use crate::report::plural;
use crate::rule::{Examples, Measured, read_measured};
use crate::source::{SourceId, Sources};

/// Texts that are read before they are measured, all at once.
const BATCH: usize = 512;

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
    let mut run = Run {
        bounds: Bounds::of(&request),
        given: Given::new(&rules, words),
        published_else: settings.published,
        pending: Vec::new(),
        tally: Tally::default(),
        done: Arc::new(AtomicUsize::new(0)),
        failed,
    };
    let progress = Progress::counting(&run.done);
    for path in &args.measure {
        run.path(path);
    }
    run.work();
    drop(progress);
    let Old { mut judgements, text } = old;
    let measured = run.tally.measured(&mut judgements);
    if run.failed {
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

/// A text to measure on.
enum Job {
    File(PathBuf, Origin),
    Line(String, String),
}

struct Run<'a> {
    bounds: Bounds,
    given: Given<'a>,
    published_else: Option<Date>,
    pending: Vec<Job>,
    tally: Tally,
    /// Counts the texts that are done.
    done: Arc<AtomicUsize>,
    failed: bool,
}

impl Run<'_> {
    fn path(&mut self, path: &Path) {
        if let Err(reason) = self.bounds.check(path) {
            self.fail(&format!("{}: {reason}", shown(path)));
        } else if path.is_dir() {
            let mut problems = Vec::new();
            let (files, others) = load::articles_below(path, &self.bounds, &mut problems);
            for file in files {
                self.push(Job::File(file, Origin::Found));
            }
            for problem in problems {
                self.fail(&format!("{}: {}", problem.path, problem.reason));
            }
            if let Some(told) = passed(&others) {
                complain(&told);
            }
        } else if is_lines(path) {
            load::note(path);
            match File::open(path) {
                Ok(file) => self.lines(&mut BufReader::new(file), &shown(path)),
                Err(error) => self.fail(&format!("{}: {}", shown(path), load::reason(&error))),
            }
        } else {
            self.push(Job::File(path.to_owned(), Origin::Given));
        }
    }

    fn lines(&mut self, input: &mut dyn BufRead, name: &str) {
        for number in 1_usize.. {
            let mut line = String::new();
            match input.take(LARGEST_ARTICLE + 1).read_line(&mut line) {
                Ok(0) => return,
                Ok(_) if LARGEST_ARTICLE < line.len() as u64 => {
                    return self.fail(&format!("{name}:{number}: {}", too_large(LARGEST_ARTICLE)));
                }
                Ok(_) if line.trim().is_empty() => {}
                Ok(_) => self.push(Job::Line(line, format!("{name}:{number}"))),
                Err(error) => return self.fail(&format!("{name}:{number}: {error}")),
            }
        }
    }

    fn fail(&mut self, message: &str) {
        complain(message);
        self.failed = true;
    }

    fn push(&mut self, job: Job) {
        self.pending.push(job);
        if BATCH <= self.pending.len() {
            self.work();
        }
    }

    /// Measures on what is pending.
    fn work(&mut self) {
        let pending = std::mem::take(&mut self.pending);
        let (given, published_else, done) = (self.given, self.published_else, &self.done);
        let measured = |job: Job| {
            let of = measured(job, given, published_else);
            done.fetch_add(1, Ordering::Relaxed);
            of
        };
        let all: Vec<_> = pending.into_par_iter().map(measured).collect();
        for one in all {
            match one {
                Ok((name, sights)) => self.tally.add(&name, sights),
                Err(reason) => self.fail(&reason),
            }
        }
    }
}

/// The relations of a text, with its name.
fn measured(
    job: Job,
    given: Given<'_>,
    published_else: Option<Date>,
) -> Result<(String, Vec<Sight>), String> {
    let (name, article, published) = match job {
        Job::File(path, origin) => {
            let name = shown(&path);
            let article = load::read_article(&path, origin, States::default());
            (name.clone(), article.map_err(|reason| format!("{name}: {reason}"))?, None)
        }
        Job::Line(line, place) => {
            let (id, text, published) = input_line(&line, &place)?;
            (id, Article::plain(text), published)
        }
    };
    let mut sources = Sources::new();
    let format = article.format();
    let id = sources.add(&*name, article.text);
    let source = sources.get(id);
    let text = source.text();
    let dated = Dated { stated: None, given: published, otherwise: published_else };
    let sights = finding::guarded(|| {
        let document = Document::of_format(source, format);
        let reading = Reading::of(document, (id, text), dated, given.lexicon);
        sights(&reading, &sources, given)
    });
    sights.map(|sights| (name.clone(), sights)).map_err(|fault| format!("{name}: {fault}"))
}
