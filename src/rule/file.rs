//! The TOML form of a rule, read with every mistake as a finding at its bytes.

use std::path::Path;

use crate::checks::Check;
use crate::finding::{Finding, RuleId, Severity};
use crate::lexicon::Lexicon;
use crate::rule::expression::{ExpressionError, Type, parse_condition, settled};
use crate::rule::stated::{FRAME, LINK, read_frame, read_link, read_strain};
use crate::rule::template::{Message, Template, index_of};
use crate::rule::{Expected, Join, Later, Loosely, Role, RoleKind, Rule, Slip, example};
use crate::shape::{Document, Fields, Holds, Key, Shape, Text};
use crate::source::{SourceId, Sources};

/// A rule file.
pub static RULE: Shape = Shape {
    what: "a rule file",
    keys: &[
        Key::required(
            "id",
            Holds::Text,
            "names the defect, reads after \"allow\"; equals the file's name",
        ),
        Key::required("summary", Holds::Text, "the defect in a line"),
        Key::required(
            "severity",
            Holds::Word(&["error", "warning", "note"]),
            "how much a contradiction matters",
        ),
        Key::optional(
            "loosely",
            Holds::Word(&["allow", "note", "warn"]),
            "what to do where it holds only loosely; allow if left out",
        ),
        Key::optional(
            "strain",
            Holds::Text,
            "how far figures of prose may be stretched, from 0 to 2; as measured if left out",
        ),
        Key::required("why", Holds::Text, "why it matters, for `crossfoot explain`"),
        Key::optional(
            "join",
            Holds::Word(&[
                "each claim",
                "same fact",
                "one rate",
                "table total",
                "table change",
                "table difference",
                "list",
                "headline",
            ]),
            "claims that are related without an assert, or figures that a document's structure relates",
        ),
        Key::required(
            "roles",
            Holds::Table(&ROLES, false),
            "what takes part: names, each with its kind",
        ),
        Key::required("holds", Holds::Table(&HOLDS, false), "what must hold"),
        Key::optional("link", Holds::Tables(&LINK), "how prose states it"),
        Key::optional(
            "frame",
            Holds::Tables(&FRAME),
            "which figures of a change in prose it takes",
        ),
        Key::optional(
            "slip",
            Holds::Table(&SLIP, false),
            "what makes a contradiction of another rule one of this",
        ),
        Key::optional("quiet", Holds::Flag, "whether what holds is not listed among the relations"),
        Key::optional(
            "once",
            Holds::Flag,
            "whether it speaks once a file, and counts the other places",
        ),
        Key::optional("over", Holds::Texts, "rules that are silent where this one's links match"),
        Key::optional(
            "currencies",
            Holds::Word(&["converted", "apart"]),
            "whether money of two currencies is converted before it is compared; converted",
        ),
        Key::required("message", Holds::Table(&MESSAGE, false), "what to tell the user"),
        Key::optional("pass", Holds::Tables(&EXAMPLE), "an example that must pass"),
        Key::optional("fail", Holds::Tables(&EXAMPLE), "an example that must fail"),
    ],
    others: None,
};

static ROLES: Shape = Shape { what: "the roles of a rule", keys: &[], others: Some(Holds::Text) };

static HOLDS: Shape = Shape {
    what: "what a rule holds",
    keys: &[
        Key::required("that", Holds::Text, "a condition over the roles"),
        Key::optional(
            "if",
            Holds::Text,
            "a condition without which figures of prose are not meant together",
        ),
    ],
    others: None,
};

static SLIP: Shape = Shape {
    what: "the slip of a rule",
    keys: &[
        Key::required("of", Holds::Text, "the rule with the same roles that is contradicted"),
        Key::required("that", Holds::Text, "what holds where this slip was made"),
    ],
    others: None,
};

static MESSAGE: Shape = Shape {
    what: "the message of a rule",
    keys: &[
        Key::required(
            "contradicts",
            Holds::Text,
            "said of a contradiction: {role} is a role as written, {a / b} is computed",
        ),
        Key::optional("single", Holds::Text, "said of a contradiction where a list has one figure"),
        Key::optional("loosely", Holds::Text, "said where the relation holds only loosely"),
        Key::optional("steps", Holds::Texts, "the arithmetic in lines of its own"),
    ],
    others: None,
};

static EXAMPLE: Shape = Shape {
    what: "an example",
    keys: &[
        Key::optional("text", Holds::Text, "prose, instead of a value for each role"),
        Key::optional("trap", Holds::Flag, "whether the prose only looks like this relation"),
        Key::optional("when", Holds::Scalar, "when its figures held"),
        Key::optional("published", Holds::Date, "the day of publication"),
        Key::optional("note", Holds::Text, "what it shows"),
    ],
    others: Some(Holds::TextOrTexts),
};

const EXAMPLE_KEYS: [(&str, Expected); 2] = [("pass", Expected::Pass), ("fail", Expected::Fail)];

/// Whether a rule's examples are read with it. A check of claims has no use for them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Examples {
    /// They are read, and mistakes in them are findings.
    Read,
    /// They are left out.
    Skip,
}

/// Reads a rule file. `None` if a mistake leaves no rule to apply.
pub fn read(
    sources: &Sources,
    id: SourceId,
    lexicon: &Lexicon,
    examples: Examples,
    findings: &mut Vec<Finding>,
) -> Option<Rule> {
    let before = findings.len();
    let document = Document::parse(sources, id, findings)?;
    let root = document.root(&RULE, findings);
    let name = root.text("id");
    if let Some(name) = &name {
        check_stem(name, sources.get(id).name(), findings);
    }
    let roles = read_roles(&root, lexicon, findings)?;
    let types: Vec<(&str, Type)> =
        roles.iter().map(|role| (&*role.name, role.kind.measures)).collect();
    let held = root.table("holds", findings)?;
    let that = held.text("that")?;
    let holds = read_condition(&that, &types, lexicon, findings);
    let plausible = held.text("if").map(|text| read_condition(&text, &types, lexicon, findings));
    let slip = read_slip(&root, &types, lexicon, findings);
    let message = root.table("message", findings)?;
    let message = read_message(&message, &types, lexicon, findings);
    let with_examples = examples == Examples::Read;
    let mut examples = Vec::new();
    let kinds = if with_examples { &EXAMPLE_KEYS[..] } else { &[] };
    for &(key, expected) in kinds {
        for fields in root.tables(key, findings) {
            examples.extend(example::read(&fields, expected, &roles, lexicon, findings));
        }
    }
    let join = read_join(&root, &roles, findings);
    let mut links = Vec::new();
    for fields in root.tables("link", findings) {
        // Links of a rule about pairs find one pair at a time.
        let filled = if join == Some(Join::OneRate) { &roles[..2] } else { &roles };
        links.extend(read_link(&fields, filled, lexicon, findings));
    }
    let mut frames = Vec::new();
    for fields in root.tables("frame", findings) {
        frames.extend(read_frame(&fields, &roles, lexicon, findings));
    }
    let strain = read_strain(&root, findings);
    let text = |key: &str| root.text(key).map(|text| text.text.to_owned());
    let word = |key: &str| root.text(key).map(|text| text.text);
    if findings.len() != before {
        return None;
    }
    Some(Rule {
        id: RuleId::new(name?.text),
        summary: text("summary")?,
        group: group(sources.get(id).name()),
        severity: Severity::parse(word("severity")?)?,
        loosely: Loosely::of_word(word("loosely")),
        strain,
        why: text("why")?.trim().to_owned(),
        join,
        roles,
        that: that.text.to_owned(),
        holds: Later::made(holds?),
        plausible: plausible.flatten().map(Later::made),
        message: Later::made(message?),
        links,
        frames,
        slip,
        over: root.texts("over").iter().map(|text| text.text.to_owned()).collect(),
        is_quiet: root.flag("quiet").unwrap_or(false),
        is_said_once: root.flag("once").unwrap_or(false),
        keeps_currencies: word("currencies") == Some("apart"),
        examples,
        measured: Vec::new(),
        span: sources.whole(id),
    })
}

/// The folder a rule file lies in.
pub(super) fn group(path: &str) -> String {
    let folder = Path::new(path).parent().and_then(Path::file_name);
    folder.map_or_else(String::new, |name| name.to_string_lossy().into_owned())
}

fn check_stem(name: &Text<'_>, path: &str, findings: &mut Vec<Finding>) {
    let stem = Path::new(path).file_stem().map(|stem| stem.to_string_lossy().into_owned());
    let named_so = stem.as_deref() == Some(name.text);
    let kebab = !name.text.is_empty()
        && name.text.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-');
    if named_so && kebab {
        return;
    }
    let finding = if kebab {
        let stem = stem.unwrap_or_default();
        Finding::broken(
            Check::InvalidId,
            format!("the rule `{}` lies in a file named `{stem}`", name.text),
            name.span,
        )
        .labelled("the file and the rule have the same name")
        .helped(format!("rename the file to `{}.toml`, or the rule to `{stem}`", name.text))
    } else {
        Finding::broken(Check::InvalidId, format!("`{}` cannot name a rule", name.text), name.span)
            .labelled("small letters, digits and hyphens")
    };
    findings.push(finding);
}

fn read_roles(
    root: &Fields<'_>,
    lexicon: &Lexicon,
    findings: &mut Vec<Finding>,
) -> Option<Vec<Role>> {
    let table = root.table("roles", findings)?;
    let mut roles = Vec::new();
    for (name, span) in table.other_keys() {
        if !crate::claim::is_name(name)
            || ["when", "note", "text", "trap", "published"].contains(&name)
        {
            findings.push(
                Finding::broken(Check::InvalidRole, format!("`{name}` cannot name a role"), span)
                    .labelled("small letters, digits and underscores, and no key of an assert"),
            );
        }
        let text = table.text(name)?;
        let kind = RoleKind::read(&text, lexicon, findings)?;
        roles.push(Role { name: name.to_owned(), kind, written: text.text.to_owned() });
    }
    if roles.is_empty() {
        findings.push(
            Finding::broken(Check::MissingKey, "a rule has at least one role", table.span)
                .labelled("nothing takes part here"),
        );
        return None;
    }
    Some(roles)
}

fn read_condition(
    text: &Text<'_>,
    types: &[(&str, Type)],
    lexicon: &Lexicon,
    findings: &mut Vec<Finding>,
) -> Option<crate::rule::expression::Condition> {
    let parsed = parse_condition(text.text, &mut |name| index_of(name, types), lexicon);
    let kinds: Vec<Type> = types.iter().map(|&(_, measures)| measures).collect();
    let checked = parsed.and_then(|condition| settled(condition, &kinds));
    checked.map_err(|error| findings.push(broken_expression(text, &error))).ok()
}

fn read_message(
    table: &Fields<'_>,
    types: &[(&str, Type)],
    lexicon: &Lexicon,
    findings: &mut Vec<Finding>,
) -> Option<Message> {
    let mut template = |text: Text<'_>| {
        Template::read(text.text, types, lexicon)
            .map_err(|error| findings.push(broken_expression(&text, &error)))
            .ok()
    };
    let has_steps = table.has("steps");
    let steps: Vec<Template> = table.texts("steps").into_iter().filter_map(&mut template).collect();
    Some(Message {
        single: table.text("single").and_then(&mut template),
        loosely: table.text("loosely").and_then(&mut template),
        steps: has_steps.then_some(steps),
        contradicts: table.text("contradicts").and_then(&mut template)?,
    })
}

fn read_slip(
    root: &Fields<'_>,
    types: &[(&str, Type)],
    lexicon: &Lexicon,
    findings: &mut Vec<Finding>,
) -> Option<Slip> {
    let table = root.table("slip", findings)?;
    let (of, that) = (table.text("of")?, table.text("that")?);
    let holds = read_condition(&that, types, lexicon, findings)?;
    Some(Slip { of: of.text.to_owned(), holds: Later::made(holds) })
}

fn broken_expression(text: &Text<'_>, error: &ExpressionError) -> Finding {
    let message = format!("this expression cannot be used: {}", error.message);
    let finding =
        Finding::broken(Check::InvalidExpression, message, text.part(error.range.clone()))
            .labelled("here");
    match &error.hint {
        Some(hint) => finding.helped(hint.clone()),
        None => finding,
    }
}

fn read_join(root: &Fields<'_>, roles: &[Role], findings: &mut Vec<Finding>) -> Option<Join> {
    let text = root.text("join")?;
    let (_, join) = Join::ALL.into_iter().find(|(word, _)| *word == text.text)?;
    let wanted = join.roles();
    if roles.iter().map(|role| role.kind.is_list).eq(wanted.iter().copied()) {
        return Some(join);
    }
    let need = match wanted {
        [true] => "one role, a list",
        [false] => "one role, not a list",
        [true, false] => "two roles, the first of them a list",
        [false, false] => "two roles, no lists",
        [_, _, _] => "three roles, no lists",
        _ => "four roles, no lists",
    };
    findings.push(
        Finding::broken(
            Check::InvalidRole,
            format!("a rule that joins \"{}\" has {need}", text.text),
            text.span,
        )
        .labelled("does not fit the roles"),
    );
    None
}
