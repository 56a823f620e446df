//! What can stand at the cursor: keys by the shape of the table, ids of rules and claims, roles.
//!
//! The file is read line by line and not as TOML, for it is mostly none while it is typed.

use std::collections::BTreeSet;

use ls_types::{CompletionItem, CompletionItemKind, Documentation};

use crate::Check;
use crate::claim::CLAIMS;
use crate::cli::lsp::kind::Kind;
use crate::config::CONFIG;
use crate::rule::{KINDS, RULE, Registry};
use crate::shape::{Holds, Shape};

/// Proposals that are made at a place.
const MOST: usize = 1000;

/// Proposals for what stands at the end of `text[..at]`.
pub(super) fn proposals(
    kind: Kind,
    text: &str,
    at: usize,
    rules: &Registry,
) -> Vec<CompletionItem> {
    let mut all = match kind {
        Kind::Article => in_comment(text, at, rules),
        Kind::Claims => in_table(&CLAIMS, text, at, rules),
        Kind::Rule => in_table(&RULE, text, at, rules),
        Kind::Config => in_table(&CONFIG, text, at, rules),
    };
    all.truncate(MOST);
    all
}

/// In a comment that lets findings stand: the ids of rules.
fn in_comment(text: &str, at: usize, rules: &Registry) -> Vec<CompletionItem> {
    let before = &text[..at];
    let is_open = before.rfind("<!--").map(|start| &before[start..]).is_some_and(|comment| {
        comment.contains("crossfoot-ignore") && !comment.contains([':', '>'])
    });
    if is_open { ids_of_rules(rules) } else { Vec::new() }
}

/// Where in a TOML file the cursor is.
struct Cursor<'t> {
    /// The names in the header of its table; none above the first one.
    header: Vec<&'t str>,
    /// The lines of its table, with and behind the cursor's.
    table: &'t str,
    /// The key whose value the cursor is in.
    key: Option<&'t str>,
    /// Whether a quotation mark is open before it.
    in_text: bool,
}

impl<'t> Cursor<'t> {
    fn new(text: &'t str, at: usize) -> Self {
        let is_header = |line: &str| line.trim_start().starts_with('[') && !line.contains('=');
        let (mut start, mut end, mut header) = (0, text.len(), Vec::new());
        let mut offset = 0;
        for line in text.split_inclusive('\n') {
            let next = offset + line.len();
            // The line of the cursor itself may be a header that is being typed.
            if is_header(line) && next <= at {
                start = next;
                let names = line.trim().trim_matches(['[', ']']);
                header = names.split('.').map(|name| name.trim().trim_matches('"')).collect();
            } else if is_header(line) && at < offset {
                end = end.min(offset);
            }
            offset = next;
        }
        let table = &text[start.min(at)..end.max(at)];
        let line = text[..at].rfind('\n').map_or(0, |end| end + 1);
        let typed = &text[line..at];
        let in_text = typed.matches('"').count() % 2 == 1;
        let key = typed.split_once('=').map(|(key, _)| key).or_else(|| {
            // A list over several lines.
            let before = text[start.min(at)..line].rsplit('\n').find(|line| line.contains('='))?;
            let (key, value) = before.split_once('=')?;
            (value.matches('[').count() > value.matches(']').count()).then_some(key)
        });
        Self { header, table, key: key.map(|key| key.trim().trim_matches('"')), in_text }
    }

    /// The keys that its table has.
    fn has(&self) -> BTreeSet<&'t str> {
        let keys = self.table.lines().filter_map(|line| line.split_once('='));
        keys.map(|(key, _)| key.trim().trim_matches('"')).collect()
    }

    /// The text that a key of its table holds.
    fn value(&self, wanted: &str) -> Option<&'t str> {
        let pairs = self.table.lines().filter_map(|line| line.split_once('='));
        let own = pairs.filter(|(key, _)| key.trim() == wanted);
        { own }.find_map(|(_, value)| value.trim().split('"').nth(1))
    }
}

/// The shape of a table, by the names of its header.
fn shape_of(top: &'static Shape, header: &[&str]) -> Option<&'static Shape> {
    let mut shape = top;
    for name in header {
        let key = shape.keys.iter().find(|key| key.name == *name)?;
        shape = match key.holds {
            Holds::Table(inner, _) | Holds::Tables(inner) => inner,
            _ => return None,
        };
    }
    Some(shape)
}

fn in_table(top: &'static Shape, text: &str, at: usize, rules: &Registry) -> Vec<CompletionItem> {
    let cursor = Cursor::new(text, at);
    let Some(shape) = shape_of(top, &cursor.header) else { return Vec::new() };
    if let Some(key) = cursor.key {
        return values(shape, key, &cursor, text, rules);
    }
    let has = cursor.has();
    let mut all: Vec<CompletionItem> = shape
        .keys
        .iter()
        .filter(|key| !has.contains(key.name))
        .map(|key| {
            let (kind, detail) = (CompletionItemKind::PROPERTY, shape.what);
            item(key.name, kind, detail, key.doc)
        })
        .collect();
    all.extend(roles(&cursor, text, rules).into_iter().filter(|role| !has.contains(&*role.label)));
    if cursor.header == ["levels"] {
        all.extend(ids_of_rules(rules));
    }
    all
}

/// What the value of a key may be.
fn values(
    shape: &'static Shape,
    key: &str,
    cursor: &Cursor<'_>,
    text: &str,
    rules: &Registry,
) -> Vec<CompletionItem> {
    let names_rules = ["rule", "select", "ignore", "over", "of"].contains(&key);
    if names_rules && shape.keys.iter().any(|known| known.name == key) {
        return ids_of_rules(rules);
    }
    let is_role = || roles(cursor, text, rules).iter().any(|role| role.label == key);
    match cursor.header.as_slice() {
        ["assert"] if key == "that" || is_role() => ids_of_claims(text),
        ["suppress"] if key == "claim" => ids_of_claims(text),
        ["levels"] => words(&["error", "warning", "note", "off"]),
        ["holds" | "message" | "slip"] if cursor.in_text => own_roles(text),
        ["roles"] if cursor.in_text => words(&KINDS),
        _ => match shape.keys.iter().find(|known| known.name == key).map(|known| known.holds) {
            Some(Holds::Word(all)) => words(all),
            Some(Holds::Flag) => words(&["true", "false"]),
            _ => Vec::new(),
        },
    }
}

/// The roles that may be filled in a table: of the rule that an assert names, of the rule of an example.
fn roles(cursor: &Cursor<'_>, text: &str, rules: &Registry) -> Vec<CompletionItem> {
    match cursor.header.as_slice() {
        ["assert"] => {
            let rule = cursor.value("rule").and_then(|id| rules.get(id));
            let roles = rule.into_iter().flat_map(|rule| &rule.roles);
            roles
                .map(|role| item(&role.name, CompletionItemKind::FIELD, &role.written, ""))
                .collect()
        }
        ["pass" | "fail"] => own_roles(text),
        _ => Vec::new(),
    }
}

/// The roles of a rule file.
fn own_roles(text: &str) -> Vec<CompletionItem> {
    let behind = text.lines().skip_while(|line| line.trim() != "[roles]").skip(1);
    let table = behind.take_while(|line| !line.trim_start().starts_with('['));
    let pairs = table.filter_map(|line| line.split_once('='));
    let role = |(name, kind): (&str, &str)| {
        item(name.trim(), CompletionItemKind::FIELD, kind.trim().trim_matches('"'), "")
    };
    pairs.map(role).collect()
}

/// The ids of the claims of a file, each with its value.
fn ids_of_claims(text: &str) -> Vec<CompletionItem> {
    let tables = text.split("[[claim]]").skip(1);
    let of = |table: &str, wanted: &str| {
        let own = table.split("\n[").next()?.lines().filter_map(|line| line.split_once('='));
        let value = own.filter(|(key, _)| key.trim() == wanted).map(|(_, value)| value).next()?;
        value.split('"').nth(1).map(str::to_owned)
    };
    let claims = tables.filter_map(|table| Some((of(table, "id")?, of(table, "value"))));
    let kind = CompletionItemKind::CONSTANT;
    claims.map(|(id, value)| item(&id, kind, value.as_deref().unwrap_or_default(), "")).collect()
}

fn ids_of_rules(rules: &Registry) -> Vec<CompletionItem> {
    let of_files = rules.all().iter().map(|rule| (rule.id.as_str(), &*rule.summary));
    let of_program = Check::ALL.iter().map(|check| (check.id(), check.summary()));
    let kind = CompletionItemKind::REFERENCE;
    of_files.chain(of_program).map(|(id, summary)| item(id, kind, summary, "")).collect()
}

fn words(all: &[&str]) -> Vec<CompletionItem> {
    all.iter().map(|word| item(word, CompletionItemKind::ENUM_MEMBER, "", "")).collect()
}

fn item(label: &str, kind: CompletionItemKind, detail: &str, doc: &str) -> CompletionItem {
    CompletionItem {
        label: label.to_owned(),
        kind: Some(kind),
        detail: (!detail.is_empty()).then(|| detail.to_owned()),
        documentation: (!doc.is_empty()).then(|| Documentation::String(doc.to_owned())),
        ..CompletionItem::default()
    }
}
