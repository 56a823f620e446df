//! `crossfoot review`: a walk through the claims whose article was edited.

use std::collections::HashMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use jiff::civil::Date;

use crate::Options;
use crate::claim::State;
use crate::cli::asked::ProjectArgs;
use crate::cli::commands::{Accepted, ReviewArgs};
use crate::cli::exit::Exit;
use crate::cli::output::{colours, complain, complain_of, print, replace};
use crate::cli::rules::show_broken;
use crate::cli::run::{Words, at_home, groups, words_of};
use crate::cli::terminal::{Pressed, Terminal, Typed};
use crate::config::Settings;
use crate::document::States;
use crate::draft::{Decision, Drift, decided};
use crate::follow::{Desk, Followed};
use crate::lexicon::Lexicon;
use crate::load::{Bounds, load, shown};
use crate::mention::parse_value;
use crate::report::{review_help, review_keys, review_line, review_screen};
use crate::rule::Examples;
use crate::source::{SourceId, Sources};

/// Reviews what drifted.
pub(super) fn run(args: &ReviewArgs) -> Exit {
    match reviewed(args) {
        Ok(exit) => exit,
        Err(reason) => {
            complain(&reason);
            Exit::Failed
        }
    }
}

/// A claims file under review.
pub(super) struct Reviewed {
    pub(super) path: PathBuf,
    /// The text as it is now.
    pub(super) text: String,
    pub(super) followed: Followed,
}

fn reviewed(args: &ReviewArgs) -> Result<Exit, String> {
    let Opened { mut files, sources, options, failed } =
        match open(&args.paths, &args.project, None) {
            Ok(opened) => opened,
            Err(exit) => return Ok(exit),
        };
    let has_answers = args.accept_all.is_some()
        || ![&args.accept, &args.reject, &args.edit, &args.skip].iter().all(|ids| ids.is_empty());
    let exit = if args.list {
        let drifts = files.iter().flat_map(|file| &file.followed.drifts);
        print(&drifts.map(|drift| review_line(drift, &sources)).collect::<String>())
    } else if has_answers {
        answered(args, &mut files, &sources, options.lexicon())?
    } else {
        asked(args, &mut files, &sources, options.lexicon())?
    };
    Ok(if failed { Exit::Failed } else { exit })
}

/// Claims files with what became of their claims.
pub(super) struct Opened {
    pub(super) files: Vec<Reviewed>,
    sources: Sources,
    /// Those of the working directory.
    options: Options,
    pub(super) failed: bool,
}

/// Opens the claims files that are named, and those of the articles that are. What is wrong with one of
/// them is shown.
///
/// # Errors
/// If none can be reviewed.
pub(super) fn open(
    paths: &[PathBuf],
    asked: &ProjectArgs,
    published: Option<Date>,
) -> Result<Opened, Exit> {
    let mut loaded = load(&asked.request(paths, None));
    complain_of(&loaded.problems);
    let mut failed = !loaded.problems.is_empty();
    let mut sources = std::mem::take(&mut loaded.sources);
    let (mut files, mut broken) = (Vec::new(), Vec::new());
    let mut words = None;
    for (number, project) in loaded.projects.iter().enumerate() {
        let home = asked.home();
        let own = home.over(project.config.settings.home);
        let Words { registry, lexicon, findings } =
            words_of(project, &mut sources, Examples::Skip, own);
        if let Some(exit) = show_broken(sources.clone(), findings) {
            return Err(exit);
        }
        let options = |settings: &Settings| Options {
            lexicon: at_home(lexicon.as_ref(), home.over(settings.home)).map(Arc::new),
            ..Options::new().published(published).published_else(settings.published)
        };
        for group in groups(&loaded, &sources, number) {
            let options = options(&project.config.settings_with(&group.tables));
            let desk = Desk { rules: &registry, options: &options };
            let inputs = loaded.claims.iter().filter(|one| group.claims.contains(&one.source));
            for input in inputs {
                match opened(
                    &desk,
                    &mut sources,
                    (input.source, &input.path),
                    (&loaded.bounds, asked.revisions.all()),
                ) {
                    Ok(file) => files.extend(file),
                    Err(Unread::Findings(findings)) => broken.extend(findings),
                    Err(Unread::Article(reason)) => {
                        complain(&reason);
                        failed = true;
                    }
                }
            }
        }
        words.get_or_insert(options(&project.config.settings));
    }
    if !broken.is_empty() {
        show_broken(sources.clone(), broken);
        failed = true;
    }
    Ok(Opened { files, sources, options: words.unwrap_or_default(), failed })
}

/// Why a claims file cannot be reviewed.
enum Unread {
    Findings(Vec<crate::finding::Finding>),
    Article(String),
}

/// A claims file with what became of its claims; `None` for one without an article.
fn opened(
    desk: &Desk<'_>,
    sources: &mut Sources,
    (id, path): (SourceId, &Path),
    (bounds, states): (&Bounds, States),
) -> Result<Option<Reviewed>, Unread> {
    let text = sources.get(id).text().to_owned();
    let file = desk.read(sources, id).map_err(Unread::Findings)?;
    let Some((name, _)) = &file.article else { return Ok(None) };
    let (place, article) = bounds
        .read_named_article(path, name, states)
        .map_err(|unread| Unread::Article(format!("{}: {unread}", shown(path))))?;
    let article = sources.add(shown(&place), article.text);
    let followed = desk.follow(sources, article, id).map_err(Unread::Findings)?;
    Ok(Some(Reviewed { path: path.to_owned(), text, followed }))
}

impl Reviewed {
    /// Writes decisions into the file.
    fn decide(&mut self, decisions: &[(usize, Decision)]) -> Result<(), String> {
        let drifts = &self.followed.drifts;
        let decisions: Vec<(&Drift, Decision)> =
            decisions.iter().map(|(at, decision)| (&drifts[*at], decision.clone())).collect();
        let text = decided(&self.text, &self.followed.file, &decisions)
            .map_err(|reason| format!("{}: {}", shown(&self.path), reason.0))?;
        if text != self.text {
            replace(&self.path, Some(&self.text), &text)?;
            self.text = text;
        }
        Ok(())
    }
}

impl Reviewed {
    /// Writes the file as it was before an answer.
    fn put_back(&mut self, before: String) -> Result<(), String> {
        if before != self.text {
            replace(&self.path, Some(&self.text), &before)?;
            self.text = before;
        }
        Ok(())
    }
}

/// What the options say about a claim.
enum Answer {
    Decide(Decision),
    Reject,
    Skip,
}

/// Does what the options say, and asks nothing. Nothing is written unless all of it can be done.
fn answered(
    args: &ReviewArgs,
    files: &mut [Reviewed],
    sources: &Sources,
    lexicon: &Lexicon,
) -> Result<Exit, String> {
    let mut answers = answers(args, lexicon)?;
    let mut all: Vec<Vec<(usize, Decision)>> = Vec::new();
    let mut out = String::new();
    for file in files.iter() {
        let mut decisions = Vec::new();
        let mut left = 0;
        for (at, drift) in file.followed.drifts.iter().enumerate() {
            match answers.remove(&*drift.id) {
                Some(Answer::Decide(decision)) => {
                    let decision = match decision {
                        Decision::Accept(place) => {
                            drift.acceptable(place)?;
                            let is_ambiguous = drift.state == State::Ambiguous;
                            Decision::Accept(if is_ambiguous { place } else { 0 })
                        }
                        edit @ Decision::Edit(_) => {
                            if drift.now.len() != 1 {
                                return Err(format!(
                                    "`{}` is {}; there is no one place to take its words from",
                                    drift.id,
                                    drift.state.as_str()
                                ));
                            }
                            edit
                        }
                    };
                    let _ = write!(out, "accepted: {}", review_line(drift, sources));
                    decisions.push((at, decision));
                }
                Some(Answer::Reject) => {
                    let _ = write!(out, "to be mended: {}", review_line(drift, sources));
                }
                Some(Answer::Skip) => left += 1,
                None if accepts(args.accept_all, drift) => {
                    let _ = write!(out, "accepted: {}", review_line(drift, sources));
                    decisions.push((at, Decision::Accept(0)));
                }
                None => left += 1,
            }
        }
        if left != 0 {
            let claims = if left == 1 { "1 claim is" } else { &*format!("{left} claims are") };
            let _ = writeln!(out, "{}: {claims} left", shown(&file.path));
        }
        all.push(decisions);
    }
    let known = |id: &str| files.iter().any(|file| file.followed.file.claims.find(id).is_some());
    if let Some(id) = answers.keys().min() {
        return Err(if known(id) {
            format!("`{id}` stands as it did; there is nothing to decide")
        } else {
            format!("there is no claim `{id}`")
        });
    }
    for (file, decisions) in files.iter_mut().zip(all) {
        file.decide(&decisions)?;
    }
    Ok(print(&out))
}

/// What the options say, by claim.
fn answers(args: &ReviewArgs, lexicon: &Lexicon) -> Result<HashMap<String, Answer>, String> {
    let mut answers = HashMap::new();
    let mut add = |id: &str, answer: Answer| match answers.insert(id.to_owned(), answer) {
        None => Ok(()),
        Some(_) => Err(format!("`{id}` is answered twice")),
    };
    for given in &args.accept {
        let (id, place) = match given.split_once('=') {
            None => (&**given, 0),
            Some((id, number)) => {
                let number = number.parse::<usize>().ok().and_then(|number| number.checked_sub(1));
                let wrong =
                    || format!("`{given}`: behind the `=` stands the number of a place, from 1");
                (id, number.ok_or_else(wrong)?)
            }
        };
        // Which place is meant has to be said where there are several.
        let place = if given.contains('=') { place } else { usize::MAX };
        add(id, Answer::Decide(Decision::Accept(place)))?;
    }
    for given in &args.edit {
        let (id, value) =
            given.split_once('=').ok_or_else(|| format!("`{given}` is to be ID=VALUE"))?;
        understood(value, lexicon)?;
        add(id, Answer::Decide(Decision::Edit(value.to_owned())))?;
    }
    for id in &args.reject {
        add(id, Answer::Reject)?;
    }
    for id in &args.skip {
        add(id, Answer::Skip)?;
    }
    Ok(answers)
}

/// Whether a claim can have a value.
fn understood(value: &str, lexicon: &Lexicon) -> Result<(), String> {
    parse_value(value, lexicon)
        .map(drop)
        .map_err(|error| format!("the value \"{value}\" is not understood: {}", error.reason))
}

fn accepts(all: Option<Accepted>, drift: &Drift) -> bool {
    let wanted = match all {
        None => false,
        Some(Accepted::Any) => true,
        Some(Accepted::Moved) => drift.state == State::Moved,
        Some(Accepted::Reworded) => drift.state == State::Reworded,
        Some(Accepted::Changed) => drift.state == State::Changed,
        Some(Accepted::Gone) => drift.state == State::Gone,
    };
    wanted && drift.state != State::Ambiguous && drift.acceptable(0).is_ok()
}

/// Shows one claim after another and asks; each answer is written at once.
fn asked(
    args: &ReviewArgs,
    files: &mut [Reviewed],
    sources: &Sources,
    lexicon: &Lexicon,
) -> Result<Exit, String> {
    let count = files.iter().map(|file| file.followed.drifts.len()).sum();
    if count == 0 {
        return Ok(print("every claim stands as it did\n"));
    }
    let Some(terminal) = Terminal::open() else {
        return Err(format!(
            "{count} claims drifted, and there is no terminal to ask on; \
             `--list` lists them, `--accept` and the like answer"
        ));
    };
    let colour = colours(args.color, false);
    let all: Vec<(usize, usize)> = files
        .iter()
        .enumerate()
        .flat_map(|(file, one)| (0..one.followed.drifts.len()).map(move |at| (file, at)))
        .collect();
    let mut given: Vec<Given> = Vec::new();
    while let Some(&(number, at)) = all.get(given.len()) {
        let file = &mut files[number];
        let drift = file.followed.drifts[at].clone();
        terminal.say(&review_screen(&drift, (given.len() + 1, count), sources, colour))?;
        match said(&terminal, &drift, lexicon, (colour, !given.is_empty()))? {
            Said::Decide(decision) => {
                let is_typed = matches!(decision, Decision::Edit(_));
                let before = file.text.clone();
                file.decide(&[(at, decision)])?;
                terminal.say(if is_typed { "\n" } else { "accept\n\n" })?;
                given.push(Given::Accepted(before));
            }
            Said::Reject => {
                terminal.say("reject\n\n")?;
                given.push(Given::Rejected);
            }
            Said::Skip => {
                terminal.say("skip\n\n")?;
                given.push(Given::Skipped);
            }
            Said::Undo => {
                terminal.say("undo\n\n")?;
                if let (Some(Given::Accepted(before)), Some(&(number, _))) =
                    (given.pop(), all.get(given.len()))
                {
                    files[number].put_back(before)?;
                }
            }
            Said::Quit => {
                terminal.say("quit\n\n")?;
                break;
            }
        }
    }
    let done = Tally {
        accepted: given.iter().filter(|one| matches!(one, Given::Accepted(_))).count(),
        rejected: given.iter().filter(|one| matches!(one, Given::Rejected)).count(),
    };
    terminal.say(&done.told(count))?;
    Ok(Exit::Clean)
}

/// An answer that was given, to be taken back.
enum Given {
    /// With the claims file as it was before.
    Accepted(String),
    Rejected,
    Skipped,
}

/// What a person says about a claim.
enum Said {
    Decide(Decision),
    Reject,
    Skip,
    /// The answer before is taken back.
    Undo,
    Quit,
}

/// Asks about a claim until there is an answer.
fn said(
    terminal: &Terminal,
    drift: &Drift,
    lexicon: &Lexicon,
    (colour, can_undo): (bool, bool),
) -> Result<Said, String> {
    let can_be_edited = drift.state != State::Gone && drift.now.len() == 1;
    loop {
        terminal.say("? ")?;
        let accepted = match terminal.key()? {
            Pressed::Char('a') => drift.acceptable(usize::MAX).map(|()| 0),
            Pressed::Char(c @ '1'..='9') if drift.state == State::Ambiguous => {
                let place = c as usize - '1' as usize;
                drift.acceptable(place).map(|()| place)
            }
            Pressed::Char('e') if can_be_edited => match value(terminal, lexicon)? {
                Typed::Line(value) => return Ok(Said::Decide(Decision::Edit(value))),
                Typed::End => return Ok(Said::Quit),
                Typed::Left => {
                    terminal.say("\n")?;
                    continue;
                }
            },
            Pressed::Char('r') => return Ok(Said::Reject),
            Pressed::Char('s') => return Ok(Said::Skip),
            Pressed::Char('u') if can_undo => return Ok(Said::Undo),
            Pressed::Char('u') => Err("there is no answer yet to be taken back".to_owned()),
            Pressed::Char('q') | Pressed::Escape | Pressed::End => return Ok(Said::Quit),
            Pressed::Char('?') => {
                terminal.say(&format!("help\n\n{}", review_help(drift, colour)))?;
                continue;
            }
            other => Err(no_key(other, drift)),
        };
        match accepted {
            Ok(place) => return Ok(Said::Decide(Decision::Accept(place))),
            Err(reason) => terminal.say(&format!("\n{reason}\n"))?,
        }
    }
}

fn no_key(pressed: Pressed, drift: &Drift) -> String {
    let what = match pressed {
        Pressed::Char(c) if !c.is_control() => format!("`{c}`"),
        _ => "this key".to_owned(),
    };
    format!("{what} does nothing here; the keys are {}, and ? for help", review_keys(drift))
}

/// Asks for a value until one is understood.
fn value(terminal: &Terminal, lexicon: &Lexicon) -> Result<Typed, String> {
    terminal.say("edit: ")?;
    loop {
        terminal.say("the value is ")?;
        let typed = terminal.line()?;
        let Typed::Line(value) = &typed else { return Ok(typed) };
        match understood(value, lexicon) {
            Ok(()) => return Ok(typed),
            Err(reason) => terminal.say(&format!("\n{reason}; Escape goes back\n"))?,
        }
    }
}

/// How a review went.
struct Tally {
    accepted: usize,
    rejected: usize,
}

impl Tally {
    fn told(&self, count: usize) -> String {
        let left = count - self.accepted - self.rejected;
        format!(
            "{} accepted, {} to be mended in the article, {left} left\n",
            self.accepted, self.rejected
        )
    }
}
