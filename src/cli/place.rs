//! `crossfoot explain FILE:LINE[:COLUMN]`.

use std::path::{Path, PathBuf};

use crate::Options;
use crate::cli::asked::Demands;
use crate::cli::commands::{ExplainArgs, ExplainFormat};
use crate::cli::exit::Exit;
use crate::cli::output::{complain, deliver, print, width};
use crate::cli::run::{Checked, checked};
use crate::cli::wanted::Wanted;
use crate::load::shown;
use crate::report::{Explained, Spot, explained_human, explained_json, plain, plural};

/// What standard input is called in places.
pub(super) const STANDARD_INPUT: &str = "<stdin>";

/// A place that was asked for.
pub(super) struct Place {
    path: PathBuf,
    /// The line and column; `None` where only a file is named.
    spot: Option<Spot>,
}

impl Place {
    /// Reads `FILE:LINE:COLUMN`, `FILE:LINE`, or the name of a file; `None` of what is none of them.
    pub(super) fn read(text: &str) -> Option<Self> {
        let is_file = |text: &str| text == STANDARD_INPUT || Path::new(text).exists();
        let numbered = |text: &str| -> Option<(String, usize)> {
            let (rest, number) = text.rsplit_once(':')?;
            let is_number = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
            // A number that is too large is that of no line.
            is_number.then(|| (rest.to_owned(), number.parse().unwrap_or(usize::MAX)))
        };
        if Path::new(text).exists() {
            return Some(Self { path: PathBuf::from(text), spot: None });
        }
        let (rest, last) = numbered(text)?;
        let (path, spot) = match numbered(&rest).filter(|_| !is_file(&rest)) {
            Some((path, line)) => (path, Spot { line, column: Some(last) }),
            None => (rest, Spot { line: last, column: None }),
        };
        let path = if path == STANDARD_INPUT { "-".into() } else { PathBuf::from(path) };
        Some(Self { path, spot: Some(spot) })
    }
}

/// Explains a place.
pub(super) fn run(place: &Place, args: &ExplainArgs) -> Exit {
    let name = shown(&place.path);
    let Some(spot) = place.spot else {
        complain(&format!("{name} is a file: which line of it? `crossfoot explain {name}:LINE`"));
        return Exit::Failed;
    };
    if place.path.extension().is_some_and(|ending| ending == "toml") {
        complain(&format!("{name} is no article; places of articles are explained"));
        return Exit::Failed;
    }
    let wanted = Wanted {
        options: Options { explain: Some(spot), ..Options::default() },
        explains: true,
        ..args.asked.wanted(std::slice::from_ref(&place.path), &Demands::default())
    };
    let checked = checked(&wanted);
    let Some(told) = checked.report.explained.first() else {
        if !checked.failed {
            complain(&format!("{name} is not read"));
        }
        return Exit::Failed;
    };
    if let Some(reason) = nothing(&checked, told, spot) {
        complain(&reason);
        return Exit::Failed;
    }
    let printed = match args.format.unwrap_or(ExplainFormat::Human) {
        ExplainFormat::Human => print(&explained_human(&checked.report, told, width(), args.all)),
        ExplainFormat::Json => deliver(None, &explained_json(&checked.report, told)),
    };
    if checked.failed { Exit::Failed } else { printed }
}

/// Why there is nothing to explain, if there is nothing.
fn nothing(checked: &Checked, told: &Explained, spot: Spot) -> Option<String> {
    let source = checked.report.sources.get(told.source);
    let name = plain(source.name());
    let Some(line) = source.numbered(spot.line) else {
        let unit = source.unit();
        let lines = plural(source.count_lines(), unit, &format!("{unit}s"));
        return Some(format!("{name} has no {unit} {}; it has {lines}", spot.line));
    };
    let length = source.text()[line].trim_end_matches(['\n', '\r']).chars().count();
    if let Some(column) = spot.column.filter(|column| !(1..=length.max(1)).contains(column)) {
        let columns = plural(length, "column", "columns");
        return Some(format!("{name}:{} has no column {column}; it has {columns}", spot.line));
    }
    if !told.sentences.is_empty() {
        return None;
    }
    if let Some(language) = told.foreign {
        return Some(format!("{name}: this looks like {language}; only English is read"));
    }
    let here = match spot.column {
        Some(column) => {
            format!("{name}:{}:{column}: no sentence with figures stands here", spot.line)
        }
        None => format!("{name}:{}: no figure is read in this {}", spot.line, source.unit()),
    };
    Some(match told.nearest {
        Some(nearest) => {
            let line = source.place(nearest.start).line;
            format!("{here}; the nearest {} with figures is {name}:{line}", source.unit())
        }
        None => format!("{here}, nor anywhere else in this article"),
    })
}
