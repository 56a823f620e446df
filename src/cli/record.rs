//! `crossfoot record`.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::Options;
use crate::claim::State;
use crate::cli::commands::RecordArgs;
use crate::cli::exit::Exit;
use crate::cli::output::{cannot, complain, complain_of, is_free, make_folder, print, replace};
use crate::cli::rules::show_broken;
use crate::cli::run::{RulesRead, rules_for};
use crate::config::FILE_NAME;
use crate::document::words_of;
use crate::follow::{Desk, Recording};
use crate::load::{
    Bounds, Origin, article_of, canonical, claims_folders, claims_of, is_toml, read_article,
    read_found, relative_to, shown,
};
use crate::report::{plain, plural};
use crate::rule::Examples;
use crate::source::{Sources, one_line};

/// Writes the claims of a draft down.
pub(super) fn run(args: &RecordArgs) -> Exit {
    match recorded(args) {
        Ok(exit) => exit,
        Err(reason) => {
            complain(&reason);
            Exit::Failed
        }
    }
}

fn recorded(args: &RecordArgs) -> Result<Exit, String> {
    let directory = std::env::current_dir().unwrap_or_default();
    let name = shown(&args.draft);
    let bounds = Bounds::of(&args.project.request(&[], None));
    let article = bounds
        .check(&args.draft)
        .and_then(|()| read_article(&args.draft, Origin::Found, args.project.revisions.all()));
    let article = article.map_err(|reason| format!("{name}: {reason}"))?;
    if let Some(encoding) = article.foreign_encoding() {
        complain(&format!("{name} is read as {encoding}"));
    }
    let RulesRead { mut sources, registry, lexicon, findings, failed, project, settings, request } =
        rules_for(Some(&args.draft), &args.project, Examples::Skip);
    if let Some(exit) = show_broken(sources.clone(), findings) {
        return Ok(exit);
    }
    let path = target(args, &claims_folders(&request, std::slice::from_ref(&project)), &bounds)?;
    bounds.check(&path).map_err(|reason| format!("{}: {reason}", shown(&path)))?;
    let old = if path.exists() {
        Some(read_found(&path).map_err(|reason| format!("{}: {reason}", shown(&path)))?)
    } else {
        None
    };
    let has_claims = |text: &&String| !text.trim().is_empty();
    let article = sources.add(name, article.text);
    let claims =
        old.as_ref().filter(has_claims).map(|text| sources.add(shown(&path), text.clone()));
    let folder = path.parent().map_or_else(|| directory.clone(), |folder| directory.join(folder));
    let options = Options {
        lexicon: lexicon.map(Arc::new),
        ..Options::new().published(args.published).published_else(settings.published)
    };
    let desk = Desk { rules: &registry, options: &options };
    let named = (article, &*relative_to(&args.draft, &folder));
    let recording = match desk.record(&sources, named, claims) {
        Ok(recording) => recording,
        Err(findings) => {
            let exit = show_broken(sources, findings);
            return Ok(exit.unwrap_or(Exit::Failed));
        }
    };
    if old.as_ref() != Some(&recording.text) {
        make_folder(&folder)?;
        replace(&path, old.as_deref(), &recording.text)?;
    }
    if bounds.article_of(&path, &recording.text).is_none() {
        let (claims, draft) = (shown(&path), shown(&args.draft));
        complain(&format!(
            "{draft} lies outside of what {claims} may name; `check` takes it where it is named too, \
             or with `--allow-outside DIR`"
        ));
    }
    let exit = print(&summary(&path, &recording, &sources));
    Ok(if failed { Exit::Failed } else { exit })
}

/// The claims file of a draft: the one that names it, else `<stem>.toml` in the first of some folders.
fn target(args: &RecordArgs, folders: &[PathBuf], bounds: &Bounds) -> Result<PathBuf, String> {
    if let Some(path) = &args.output {
        is_free(path).map_err(|error| cannot(path, &error))?;
        return mine(path, args).map(|()| path.clone());
    }
    if let Some(only) = claims_file(&args.draft, (folders, bounds), "--output")? {
        return Ok(PathBuf::from(shown(&only)));
    }
    let stem = args.draft.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let folder = folders.first().map_or_else(|| "claims".to_owned(), |folder| shown(folder));
    let path = Path::new(&folder).join(format!("{stem}.toml"));
    mine(&path, args).map(|()| path)
}

/// The claims file that names an article, if there is one; `option` says which, where there are several.
pub(super) fn claims_file(
    article: &Path,
    (folders, bounds): (&[PathBuf], &Bounds),
    option: &str,
) -> Result<Option<PathBuf>, String> {
    let (named, problems) = claims_of(article, folders, bounds);
    complain_of(&problems);
    match &*named {
        [] => Ok(None),
        [only] => Ok(Some(only.clone())),
        [one, other, ..] => Err(format!(
            "{} and {} both name {}; say which with `{option}`",
            shown(one),
            shown(other),
            shown(article)
        )),
    }
}

/// Says why a file cannot take the claims of the draft: it is there, and is not the draft's.
fn mine(path: &Path, args: &RecordArgs) -> Result<(), String> {
    if !is_toml(path) || path.file_name().is_some_and(|name| name == FILE_NAME) {
        return Err(format!(
            "{} cannot be a claims file; name another file that ends in .toml with `--output`",
            shown(path)
        ));
    }
    let is_blank = || read_found(path).is_ok_and(|text| text.trim().is_empty());
    // What is no TOML is told with its place.
    let is_understood =
        || read_found(path).is_ok_and(|text| toml::de::DeTable::parse(&text).is_ok());
    if !path.exists() || is_blank() || !is_understood() {
        return Ok(());
    }
    let (claims, draft) = (shown(path), shown(&args.draft));
    match article_of(path) {
        Some(article) if canonical(&article) == canonical(&args.draft) => Ok(()),
        Some(other) => Err(format!(
            "{claims} holds the claims of {}, not of {draft}; name another file with `--output`",
            shown(&other)
        )),
        None => Err(format!(
            "{claims} names no article; put `article = \"…\"` at its top if it belongs to {draft}, \
             or name another file with `--output`"
        )),
    }
}

fn summary(path: &Path, recording: &Recording, sources: &Sources) -> String {
    let old = recording.claims.claims.all();
    let new = recording.added.claims.len();
    let mut out =
        format!("{}: {}", plain(&shown(path)), plural(old.len() + new, "claim", "claims"));
    if !old.is_empty() {
        let _ = write!(out, ", {new} of them new");
    }
    let asserts = recording.claims.asserts.len() + recording.added.asserts.len();
    let _ = write!(out, ", {}", plural(asserts, "relation", "relations"));
    if !old.is_empty() {
        let _ = write!(out, ", {} of them new", recording.added.asserts.len());
    }
    out.push('\n');
    for state in State::ALL.into_iter().filter(|&state| state != State::Same) {
        let ids: Vec<&str> =
            old.iter().filter(|claim| claim.state == Some(state)).map(|claim| &*claim.id).collect();
        if !ids.is_empty() {
            let _ = writeln!(out, "{}: {}", state.as_str(), ids.join(", "));
        }
    }
    let drifts = [State::Reworded, State::Changed, State::Ambiguous];
    if old.iter().any(|claim| claim.state.is_some_and(|state| drifts.contains(&state))) {
        out.push_str("`crossfoot review` goes through them\n");
    }
    for &place in &recording.added.left_out {
        let source = sources.get(place.source);
        let words = plain(&one_line(&words_of(source, place.range())));
        let at = source.told(&plain(source.name()), place.start);
        let _ = writeln!(out, "left out: {at}: \"{words}\" does not say by itself what it states");
    }
    out
}
