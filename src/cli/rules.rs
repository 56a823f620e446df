//! `crossfoot rules`: what is checked, by group; and whether the examples come out as they say.

use std::fmt::Write as _;

use crate::checks::Check;
use crate::cli::commands::RulesArgs;
use crate::cli::exit::Exit;
use crate::cli::output::{print, width};
use crate::cli::run::{RulesRead, rules_for};
use crate::engine::{Given, test_example};
use crate::finding::Finding;
use crate::lexicon::Lexicon;
use crate::report::{Look, Report, clean, human, measured_table, rules_page};
use crate::rule::{Case, Examples, Expected, Registry, by_role};
use crate::source::Sources;

/// Lists the rules, or runs their examples.
pub(super) fn run(args: &RulesArgs) -> Exit {
    let RulesRead { sources, registry, lexicon, findings, failed, .. } =
        rules_for(None, &args.project, Examples::Read);
    if let Some(exit) = show_broken(sources, findings) {
        return exit;
    }
    let lexicon = lexicon.as_ref().unwrap_or_else(|| Lexicon::built_in());
    let (text, passed) = if args.test {
        tested(&registry, lexicon)
    } else if args.markdown {
        (rules_page(&registry), true)
    } else if args.measured {
        (measured_table(&registry), true)
    } else {
        (listed(&registry), true)
    };
    match (print(&clean(&text)), passed) {
        (Exit::Clean, true) if !failed => Exit::Clean,
        (Exit::Clean, false) => Exit::Findings,
        _ => Exit::Failed,
    }
}

/// Shows what is wrong with rule files, if anything is.
pub(super) fn show_broken(sources: Sources, findings: Vec<Finding>) -> Option<Exit> {
    if findings.is_empty() {
        return None;
    }
    let report = Report::of(sources, findings);
    let look = Look { width: width(), ..Look::default() };
    print(&human(&report, look));
    Some(Exit::Failed)
}

fn listed(registry: &Registry) -> String {
    let mut out = String::new();
    for (group, rules) in registry.groups() {
        let _ = writeln!(out, "{group}");
        for rule in rules {
            let _ = writeln!(out, "  {:<24} {:<8} {}", rule.id, rule.severity, rule.summary);
        }
        out.push('\n');
    }
    out.push_str("built into the program\n");
    for check in Check::ALL {
        let _ = writeln!(out, "  {:<24} {:<8} {}", check.id(), check.severity(), check.summary());
    }
    let _ = writeln!(out, "\n`crossfoot explain RULE` says why a rule matters, with examples.");
    out
}

fn tested(registry: &Registry, lexicon: &Lexicon) -> (String, bool) {
    let given = Given::new(registry, lexicon);
    let mut out = String::new();
    let (mut passed, mut failed) = (0, 0);
    for rule in registry.all() {
        for (number, example) in rule.examples.iter().enumerate() {
            match test_example(rule, example, given) {
                Ok(()) => passed += 1,
                Err(verdict) => {
                    failed += 1;
                    let expected = match example.expected {
                        Expected::Pass => "pass",
                        Expected::Fail => "fail",
                    };
                    let figures = match &example.case {
                        Case::Text { .. } => String::new(),
                        Case::Roles(all) => format!("\n    {}", by_role(&rule.roles, all)),
                    };
                    let id = &rule.id;
                    let _ = writeln!(
                        out,
                        "{id}: example {} is to {expected}, but: {verdict}{figures}",
                        number + 1
                    );
                }
            }
        }
    }
    let _ = writeln!(out, "{passed} passed, {failed} failed");
    (out, failed == 0)
}
