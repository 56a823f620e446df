//! `crossfoot explain RULE`, `crossfoot explain --conflict FINGERPRINT`; `place` has the places.

use std::fmt::Write as _;
use std::path::PathBuf;

use crate::checks::Check;
use crate::cli::asked::{Asked, Demands, ProjectArgs};
use crate::cli::commands::ExplainArgs;
use crate::cli::exit::Exit;
use crate::cli::output::{complain, print};
use crate::cli::place::{self, Place};
use crate::cli::rules::show_broken;
use crate::cli::run::{RulesRead, checked, rules_for};
use crate::report::{clean, conflict_page};
use crate::rule::{Case, Example, Examples, Expected, Loosely, Rule, by_role};
use crate::shape::closest;

/// Prints what there is to know about a rule, or about a conflict.
pub(super) fn run(args: &ExplainArgs) -> Exit {
    match (&args.conflict, &*args.what) {
        (Some(conflict), paths) => explain_conflict(conflict, paths, &args.asked),
        (None, [one]) => match Place::read(one) {
            Some(place) => place::run(&place, args),
            None if args.all || args.format.is_some() => {
                complain("`--all` and `--format` are for places: crossfoot explain FILE:LINE");
                Exit::Failed
            }
            None => explain_rule(one, &args.asked.project),
        },
        (None, several) => {
            complain(&format!("one rule at a time, not {}", several.len()));
            Exit::Failed
        }
    }
}

fn explain_conflict(wanted: &str, paths: &[String], asked: &Asked) -> Exit {
    let paths: Vec<PathBuf> = paths.iter().map(PathBuf::from).collect();
    let checked = checked(&asked.wanted(&paths, &Demands::default()));
    match conflict_page(&checked.report, wanted) {
        Ok(page) if !checked.failed => print(&page),
        Ok(page) => {
            let _ = print(&page);
            Exit::Failed
        }
        Err(reason) => {
            complain(&reason);
            Exit::Failed
        }
    }
}

fn explain_rule(name: &str, project: &ProjectArgs) -> Exit {
    let RulesRead { sources, registry, findings, .. } = rules_for(None, project, Examples::Read);
    if let Some(exit) = show_broken(sources, findings) {
        return exit;
    }
    if let Some(rule) = registry.get(name) {
        return print(&clean(&explained(rule)));
    }
    if let Some(check) = Check::find(name) {
        return print(&format!(
            "{}: {}\n\nBuilt into the program; its level is {}.\n",
            check.id(),
            check.summary(),
            check.severity()
        ));
    }
    let names = registry.all().iter().map(|rule| rule.id.as_str());
    let near = closest(name, names.chain(Check::ALL.iter().map(|check| check.id())));
    let hint = near.map_or("`crossfoot rules` lists them".to_owned(), |near| {
        format!("did you mean `{near}`?")
    });
    complain(&format!("there is no rule `{name}`; {hint}"));
    Exit::Failed
}

fn explained(rule: &Rule) -> String {
    let mut out = format!("{}: {}\n\n", rule.id, rule.summary);
    let _ = writeln!(out, "  must hold   {}", rule.that);
    for (number, role) in rule.roles.iter().enumerate() {
        let title = if number == 0 { "roles" } else { "" };
        let _ = writeln!(out, "  {title:<11} {} ({})", role.name, role.written);
    }
    let loosely = match rule.loosely {
        Loosely::Allow => "allowed",
        Loosely::Note => "a note",
        Loosely::Warn => "a warning",
    };
    let _ =
        writeln!(out, "  otherwise   {}; where it holds only loosely: {loosely}", rule.severity);
    for (number, line) in rule.measures_told().iter().enumerate() {
        let title = if number == 0 { "measured" } else { "" };
        let _ = writeln!(out, "  {title:<11} {line}");
    }
    out.push('\n');
    let _ = writeln!(out, "{}\n", rule.why);
    for (expected, title) in [(Expected::Pass, "Passes:"), (Expected::Fail, "Is reported:")] {
        let examples: Vec<&Example> =
            rule.examples.iter().filter(|example| example.expected == expected).collect();
        if examples.is_empty() {
            continue;
        }
        let _ = writeln!(out, "{title}");
        for example in examples {
            let _ = writeln!(out, "  {}", one_line(rule, example));
        }
        out.push('\n');
    }
    if !rule.links.is_empty() {
        let _ = writeln!(out, "Is read from prose such as:");
        for link in &rule.links {
            let preview = if link.preview { "  (with --preview)" } else { "" };
            let _ = writeln!(out, "  {}{preview}", link.written);
        }
        out.push('\n');
    }
    let _ = writeln!(out, "In a claims file:\n\n  [[assert]]\n  rule = \"{}\"", rule.id);
    for role in &rule.roles {
        let value = if role.kind.is_list { "[\"…\", \"…\"]" } else { "\"…\"" };
        let _ = writeln!(out, "  {} = {value}", role.name);
    }
    out
}

fn one_line(rule: &Rule, example: &Example) -> String {
    let mut line = match &example.case {
        Case::Text { text, .. } => {
            let text = text.trim();
            if text.contains('\n') {
                format!("\n    {}", text.replace('\n', "\n    "))
            } else {
                text.to_owned()
            }
        }
        Case::Roles(all) => by_role(&rule.roles, all),
    };
    if let Some(published) = example.published {
        let _ = write!(line, "; published {published}");
    }
    if let Some(note) = &example.note {
        let _ = write!(line, " ({note})");
    }
    line
}
