//! `crossfoot diff`.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::Options;
use crate::cli::commands::{DiffArgs, DiffFormat};
use crate::cli::exit::Exit;
use crate::cli::git;
use crate::cli::output::{complain, deliver};
use crate::cli::record::claims_file;
use crate::cli::rules::show_broken;
use crate::cli::run::{RulesRead, rules_for};
use crate::document::{Revision, States};
use crate::finding::Severity;
use crate::follow::Desk;
use crate::load::{Article, Bounds, Origin, claims_folders, read_article, read_text, shown};
use crate::report::{diff_human, diff_json, diff_json_ld, diff_markdown, diff_notice};
use crate::rule::Examples;
use crate::source::Content;

/// Compares two versions.
pub(super) fn run(args: &DiffArgs) -> Exit {
    match compared(args) {
        Ok(exit) => exit,
        Err(reason) => {
            complain(&reason);
            Exit::Failed
        }
    }
}

/// One side of a comparison.
struct Side {
    /// As it is reported.
    name: String,
    text: Content,
    is_claims: bool,
    /// The file, where it is one.
    path: Option<PathBuf>,
}

fn side(name: &str, bounds: &Bounds, states: States) -> Result<Side, String> {
    let is_claims = |path: &str| Path::new(path).extension().is_some_and(|ending| ending == "toml");
    let said = |reason: String| format!("{name}: {reason}");
    let path = Path::new(name);
    if path.exists() || !name.contains(':') {
        bounds.check(path).map_err(said)?;
        let text = if is_claims(name) {
            read_text(path).map(Content::from)
        } else {
            read_article(path, Origin::Given, states).map(|article| article.text)
        };
        return Ok(Side {
            name: shown(path),
            text: text.map_err(said)?,
            is_claims: is_claims(name),
            path: Some(path.to_owned()),
        });
    }
    let (bytes, inside) = git::at_revision(name).map_err(said)?;
    let text = Article::of(bytes, &inside, states).map_err(said)?.text;
    Ok(Side { name: name.to_owned(), text, is_claims: is_claims(&inside), path: None })
}

/// A document as it was before the changes that are tracked in it, and with all of them.
fn states(name: &str, bounds: &Bounds) -> Result<(Side, Side), String> {
    let [old, new] = [Revision::Original, Revision::Accepted]
        .map(|state| side(name, bounds, States::One(state)));
    let (old, new) = (old?, new?);
    match new.text.layout() {
        None => Err(
            "diff compares two versions; one name will do for a .docx or .odt with tracked changes"
                .to_owned(),
        ),
        Some(layout) if !layout.has_changes => Err(format!("{name}: no changes are tracked in it")),
        Some(_) => {
            let named =
                |side: Side, state: &str| Side { name: format!("{} ({state})", side.name), ..side };
            Ok((named(old, "original"), named(new, "accepted")))
        }
    }
}

fn compared(args: &DiffArgs) -> Result<Exit, String> {
    let bounds = Bounds::of(&args.project.request(&[], None));
    let (old, new) = match &args.new {
        Some(new) => {
            let states = args.project.revisions.all();
            (side(&args.old, &bounds, states)?, side(new, &bounds, states)?)
        }
        None => states(&args.old, &bounds)?,
    };
    if old.is_claims != new.is_claims {
        return Err("an article cannot be compared with a claims file".to_owned());
    }
    let path = [&new, &old].into_iter().find_map(|side| side.path.as_deref());
    let RulesRead { mut sources, registry, lexicon, findings, failed, project, settings, request } =
        rules_for(path, &args.project, Examples::Skip);
    if let Some(exit) = show_broken(sources.clone(), findings) {
        return Ok(exit);
    }
    let options = Options {
        lexicon: lexicon.map(Arc::new),
        ..Options::new().published(args.published).published_else(settings.published)
    };
    let desk = Desk { rules: &registry, options: &options };
    let ids = [&old, &new].map(|side| sources.add(&*side.name, side.text.clone()));
    let diff = if old.is_claims {
        desk.compare_claims(&sources, ids)
    } else {
        let folders = claims_folders(&request, &[project]);
        let claims = match named_claims(args, &old, &new, (&folders, &bounds))? {
            Some(path) => {
                let text =
                    read_text(&path).map_err(|reason| format!("{}: {reason}", shown(&path)))?;
                Some(sources.add(shown(&path), text))
            }
            None => None,
        };
        desk.compare_articles(&mut sources, ids, claims)
    };
    let diff = match diff {
        Ok(diff) => diff,
        Err(findings) => return Ok(show_broken(sources, findings).unwrap_or(Exit::Failed)),
    };
    let text = match args.format {
        DiffFormat::Human => diff_human(&diff, &sources),
        DiffFormat::Json => diff_json(&diff, &sources),
        DiffFormat::Markdown => diff_markdown(&diff, &sources),
        DiffFormat::Notice => diff_notice(&diff),
        DiffFormat::JsonLd => diff_json_ld(&diff),
    };
    let corrects = matches!(args.format, DiffFormat::Notice | DiffFormat::JsonLd);
    if corrects && text.is_empty() {
        complain("no figure changed; there is nothing to correct");
    }
    let written = deliver(args.output.as_deref(), &text);
    let breaks = diff.relations.iter().any(|one| one.broke() && one.severity == Severity::Error);
    Ok(match written {
        Exit::Clean if failed => Exit::Failed,
        Exit::Clean if breaks => Exit::Findings,
        other => other,
    })
}

/// The claims file of the article, of which there may be none.
fn named_claims(
    args: &DiffArgs,
    old: &Side,
    new: &Side,
    (folders, bounds): (&[PathBuf], &Bounds),
) -> Result<Option<PathBuf>, String> {
    if args.claims.is_some() {
        return Ok(args.claims.clone());
    }
    for path in [new, old].into_iter().filter_map(|side| side.path.as_ref()) {
        let named = claims_file(path, (folders, bounds), "--claims")?;
        if named.is_some() {
            return Ok(named);
        }
    }
    Ok(None)
}
