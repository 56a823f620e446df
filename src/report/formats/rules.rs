//! All rules as one Markdown page, for `docs/rules.md` and for a newsroom's own.

use std::fmt::Write as _;

use crate::checks::Check;
use crate::report::formats::inert::{Syntax, clean, inert};
use crate::rule::{
    Case, Example, Expected, Loosely, Measure, Percentiles, Read, Registry, Rule, by_role,
};

/// Examples of each kind that are shown.
const SHOWN: usize = 4;

/// The page: every group with its rules, every rule with why it is there and what it says.
pub fn rules_page(registry: &Registry) -> String {
    let groups = registry.groups();
    let mut out = String::from(
        "# Rules\n\nWritten by `crossfoot rules --markdown` from the files in `rules/`; a test keeps it \
         fresh. How a rule is\nwritten is described in [rules/README.md](../rules/README.md), what \
         figures stand for in\n[semantics.md](semantics.md).\n",
    );
    for (group, rules) in &groups {
        let _ = write!(out, "\n## {group}\n\n| rule | level | |\n|---|---|---|\n");
        for rule in rules {
            let id = &rule.id;
            let _ = writeln!(out, "| [{id}](#{id}) | {} | {} |", rule.severity, rule.summary);
        }
    }
    let _ = write!(out, "\n## built into the program\n\n| check | level | |\n|---|---|---|\n");
    for check in Check::ALL {
        let _ = writeln!(out, "| {} | {} | {} |", check.id(), check.severity(), check.summary());
    }
    for rules in groups.values() {
        for rule in rules {
            out.push_str(&section(rule));
        }
    }
    inert(clean(&out), Syntax::Markup).into_owned()
}

/// What was measured of the rules, as a Markdown table.
pub fn measured_table(registry: &Registry) -> String {
    let mut out = String::from(
        "| rule | seen | different | held | real | arguable | false | unread | strain: 95, 99, 100 of 100 | in prose |\n\
         |---|--:|--:|--:|--:|--:|--:|--:|---|---|\n",
    );
    let mut rules: Vec<&Rule> = registry.all().iter().collect();
    rules.sort_by(|a, b| a.id.cmp(&b.id));
    let mut sum = Measure::default();
    for rule in rules {
        let Some(known) = rule.measured.first() else { continue };
        for (name, measure) in known.of.all() {
            out.push_str(&row(rule, name, measure));
            // What a slip explains was seen by the rule that it is a slip of.
            if rule.slip.is_none() {
                sum.add(measure);
            }
        }
    }
    let Measure { seen, held, different, read, unread, .. } = sum;
    let Read { rightly, arguably, falsely } = read;
    let _ = writeln!(
        out,
        "| all | {seen} | {different} | {held} | {rightly} | {arguably} | {falsely} | {unread} | | |"
    );
    inert(clean(&out), Syntax::Markup).into_owned()
}

fn row(rule: &Rule, name: Option<&str>, measure: &Measure) -> String {
    let Measure { seen, held, different, read, unread, strain } = measure;
    let Read { rightly, arguably, falsely } = read;
    let strain = strain
        .as_ref()
        .map_or_else(String::new, |Percentiles { p95, p99, max }| format!("{p95}, {p99}, {max}"));
    let level = match rule.level_in_prose(name, rule.severity) {
        Some(level) => level.as_str(),
        None => "`--preview`",
    };
    let name = name.map_or_else(String::new, |name| format!(", {name}"));
    let id = &rule.id;
    format!(
        "| {id}{name} | {seen} | {different} | {held} | {rightly} | {arguably} | {falsely} | {unread} | \
         {strain} | {level} |\n"
    )
}

fn section(rule: &Rule) -> String {
    let mut out = format!("\n### {}\n\n{}: {}.\n\n", rule.id, rule.severity, rule.summary);
    let roles: Vec<String> =
        rule.roles.iter().map(|role| format!("`{}` ({})", role.name, role.written)).collect();
    let _ = writeln!(out, "`{}`, with {}.", rule.that.trim(), roles.join(", "));
    let loosely = match rule.loosely {
        Loosely::Allow => "",
        Loosely::Note => " What holds only loosely is a note.",
        Loosely::Warn => " What holds only loosely is a warning.",
    };
    let measured = rule.measures_told();
    if !measured.is_empty() {
        let _ = writeln!(out, "\nMeasured: {}.", measured.join(". "));
    }
    if let Some(slip) = &rule.slip {
        let _ = writeln!(out, "\nSpeaks instead of `{}` where the slip explains it.", slip.of);
    }
    let _ = writeln!(out, "\n{}{loosely}", rule.why);
    for (expected, title) in [(Expected::Pass, "Passes"), (Expected::Fail, "Is reported")] {
        let shown: Vec<&Example> =
            rule.examples.iter().filter(|example| example.expected == expected).collect();
        // Prose shows more than a list of figures.
        let prose = shown.iter().filter(|example| matches!(example.case, Case::Text { .. }));
        let listed = shown.iter().filter(|example| matches!(example.case, Case::Roles(_)));
        let mut lines = prose.chain(listed).take(SHOWN).peekable();
        if lines.peek().is_some() {
            let _ = writeln!(out, "\n{title}:\n");
        }
        for example in lines {
            let _ = writeln!(out, "{}", item(rule, example));
        }
    }
    out
}

/// An example as an item of a list.
fn item(rule: &Rule, example: &Example) -> String {
    let mut line = match &example.case {
        Case::Text { text, .. } if text.trim().contains('\n') => {
            let indented = text.trim().replace('\n', "\n  ");
            format!("- ```markdown\n  {indented}\n  ```")
        }
        Case::Text { text, .. } => format!("- {}", text.trim().replace('|', "\\|")),
        Case::Roles(all) => format!("- {}", by_role(&rule.roles, all)),
    };
    let mut remarks = Vec::new();
    if let Some(published) = example.published {
        remarks.push(format!("published {published}"));
    }
    remarks.extend(example.note.clone());
    if !remarks.is_empty() {
        let _ = write!(line, "\n  *{}*", remarks.join("; "));
    }
    line
}
