//! How a rule file says what prose states: its links and its frames.

use crate::checks::Check;
use crate::finding::{Finding, Severity};
use crate::lexicon::Lexicon;
use crate::rule::link::{
    self, Frame, Link, MOST_SENTENCES, Moves, PatternError, Piece, Scope, Slots, Takes,
};
use crate::rule::{Later, Role};
use crate::shape::{Fields, Holds, Key, Shape, Text};
use crate::value::Strain;

pub(super) static LINK: Shape = Shape {
    what: "a link",
    keys: &[
        Key::required(
            "text",
            Holds::Text,
            "words, marks and the roles in braces, in the order of the prose",
        ),
        Key::optional("sentences", Holds::Number, "how many sentences it may run over; 1"),
        Key::optional("preview", Holds::Flag, "whether it runs with `--preview` only"),
        Key::optional("unless", Holds::Texts, "words of which none may stand in the same sentence"),
        Key::optional(
            "severity",
            Holds::Word(&["error", "warning", "note"]),
            "how much a contradiction matters, where it is not what the rule says",
        ),
        Key::optional(
            "strain",
            Holds::Text,
            "how far its figures may be stretched, where that is not what the rule says",
        ),
        Key::optional("apart", Holds::Text, "the name under which it is measured by itself"),
        Key::optional("mixed", Holds::Flag, "whether the figures may count different things"),
        Key::optional(
            "converts",
            Holds::Flag,
            "whether the figures say the same in units of different systems",
        ),
        Key::optional(
            "excuses",
            Holds::Flag,
            "whether it is a reading that excuses another and is dropped where it does not hold",
        ),
        Key::optional("tentative", Holds::Flag, TENTATIVE),
    ],
    others: None,
};

const TENTATIVE: &str =
    "whether it is taken only where the relation holds, for its words are not sure";

pub(super) static FRAME: Shape = Shape {
    what: "a frame",
    keys: &[
        Key::optional("rise", Holds::Table(&MOVES, false), "how it is taken where something rises"),
        Key::optional("fall", Holds::Table(&MOVES, false), "how it is taken where something falls"),
        Key::optional("whole", Holds::Text, "the role of a figure that is told with its parts"),
        Key::optional("parts", Holds::Text, "the role of its parts"),
        Key::optional("slots", Holds::Texts, "figures in any order, each with the words beside it"),
        Key::optional(
            "before",
            Holds::Text,
            "a figure before the slots, with which the relation holds, or nothing is said",
        ),
        Key::optional("also", Holds::Texts, "further slots, which need not be filled"),
        Key::optional("alike", Holds::Texts, "roles in one currency, apart from all others"),
        Key::optional(
            "with",
            Holds::Texts,
            "words of which one must stand in the scope of the slots",
        ),
        Key::optional(
            "scope",
            Holds::Word(&["clause", "sentence", "two sentences"]),
            "where all slots stand; clause if left out",
        ),
        Key::optional("tentative", Holds::Flag, TENTATIVE),
        Key::optional("mixed", Holds::Flag, "whether the figures may count different things"),
        Key::optional(
            "strain",
            Holds::Text,
            "how far its figures may be stretched, where that is not what the rule says",
        ),
        Key::optional("apart", Holds::Text, "the name under which it is measured by itself"),
        Key::optional("unless", Holds::Texts, "words of which none may stand in the same clause"),
        Key::optional(
            "severity",
            Holds::Word(&["error", "warning", "note"]),
            "how much a contradiction matters, where it is not what the rule says",
        ),
    ],
    others: None,
};

static MOVES: Shape = Shape {
    what: "the figures of a change",
    keys: &[
        Key::required("from", Holds::Text, "the role of the level that it began with"),
        Key::required("to", Holds::Text, "the role of the level that it ended with"),
        Key::optional("by", Holds::Text, "the role of the change itself"),
    ],
    others: None,
};

pub(super) fn read_strain(fields: &Fields<'_>, findings: &mut Vec<Finding>) -> Option<Strain> {
    let text = fields.text("strain")?;
    let strain = Strain::parse(text.text);
    if strain.is_none() {
        findings.push(
            Finding::broken(Check::WrongType, "a strain is a number from 0 to 2", text.span)
                .labelled("in sixteenths, as in \"1.25\""),
        );
    }
    strain
}

fn read_pattern(
    text: &Text<'_>,
    roles: &[Role],
    lexicon: &Lexicon,
    findings: &mut Vec<Finding>,
) -> Option<Vec<Piece>> {
    link::read(text.text, roles, lexicon)
        .map_err(|error| findings.push(broken_link(text, error)))
        .ok()
}

/// Patterns of words alone, up to the first that is none.
fn read_patterns(
    texts: &[Text<'_>],
    lexicon: &Lexicon,
    findings: &mut Vec<Finding>,
) -> Option<Vec<Vec<Piece>>> {
    texts.iter().map(|text| read_pattern(text, &[], lexicon, findings)).collect()
}

fn broken_link(text: &Text<'_>, error: PatternError) -> Finding {
    let message = format!("this link cannot be used: {}", error.message);
    let finding =
        Finding::broken(Check::InvalidLink, message, text.part(error.range)).labelled("here");
    match error.hint {
        Some(hint) => finding.helped(hint),
        None => finding,
    }
}

pub(super) fn read_link(
    fields: &Fields<'_>,
    roles: &[Role],
    lexicon: &Lexicon,
    findings: &mut Vec<Finding>,
) -> Option<Link> {
    let text = fields.text("text")?;
    let pieces = read_pattern(&text, roles, lexicon, findings)?;
    let sentences = match fields.scalar("sentences") {
        None => 1,
        Some(number) => match number.text.parse::<u8>() {
            Ok(count @ 1..=MOST_SENTENCES) => count,
            _ => {
                let message = format!("a link runs over 1 to {MOST_SENTENCES} sentences");
                findings.push(
                    Finding::broken(Check::InvalidLink, message, number.span)
                        .labelled("out of range"),
                );
                return None;
            }
        },
    };
    let unless = read_patterns(&fields.texts("unless"), lexicon, findings)?;
    Some(Link {
        written: text.text.to_owned(),
        span: text.span,
        pieces: Later::made(pieces),
        sentences,
        preview: fields.flag("preview").unwrap_or(false),
        unless: Later::made(unless),
        apart: fields.text("apart").map(|name| name.text.to_owned()),
        strain: read_strain(fields, findings),
        severity: fields.text("severity").and_then(|word| Severity::parse(word.text)),
        mixed: fields.flag("mixed").unwrap_or(false),
        converts: fields.flag("converts").unwrap_or(false),
        excuses: fields.flag("excuses").unwrap_or(false),
        tentative: fields.flag("tentative").unwrap_or(false),
    })
}

pub(super) fn read_frame(
    fields: &Fields<'_>,
    roles: &[Role],
    lexicon: &Lexicon,
    findings: &mut Vec<Finding>,
) -> Option<Frame> {
    let takes = read_takes(fields, roles, lexicon, findings)?;
    let unless = read_patterns(&fields.texts("unless"), lexicon, findings)?;
    Some(Frame {
        span: fields.span,
        takes,
        unless: Later::made(unless),
        apart: fields.text("apart").map(|name| name.text.to_owned()),
        strain: read_strain(fields, findings),
        severity: fields.text("severity").and_then(|word| Severity::parse(word.text)),
        tentative: fields.flag("tentative").unwrap_or(false),
    })
}

fn read_takes(
    fields: &Fields<'_>,
    roles: &[Role],
    lexicon: &Lexicon,
    findings: &mut Vec<Finding>,
) -> Option<Takes> {
    if let (Some(whole), Some(parts)) = (fields.text("whole"), fields.text("parts")) {
        let mut slot = |text: &Text<'_>| {
            link::read_slot(text.text, roles, lexicon)
                .map_err(|error| findings.push(broken_link(text, error)))
                .ok()
        };
        return Some(Takes::Whole { whole: slot(&whole)?, parts: slot(&parts)? });
    }
    let slots = fields.texts("slots");
    if !slots.is_empty() {
        return read_slots(fields, &slots, roles, lexicon, findings).map(Takes::Slots);
    }
    let (Some(rise), Some(fall)) = (fields.table("rise", findings), fields.table("fall", findings))
    else {
        let message = "this frame takes no figures";
        findings.push(
            Finding::broken(Check::InvalidLink, message, fields.span)
                .labelled("`rise` and `fall`, `whole` and `parts`, or `slots`"),
        );
        return None;
    };
    Some(Takes::Change {
        rise: read_moves(&rise, roles, lexicon, findings)?,
        fall: read_moves(&fall, roles, lexicon, findings)?,
    })
}

/// The slots of a frame; every role of the rule has one that must be filled.
fn read_slots(
    fields: &Fields<'_>,
    slots: &[Text<'_>],
    roles: &[Role],
    lexicon: &Lexicon,
    findings: &mut Vec<Finding>,
) -> Option<Slots> {
    let mut read = |texts: &[Text<'_>]| -> Option<Vec<Vec<Piece>>> {
        let pattern = |text: &Text<'_>| {
            let pieces = link::read_part(text.text, roles, lexicon).and_then(|pieces| {
                let has_role = (0..roles.len()).any(|role| link::fills(&pieces, role));
                let message = "this slot has no role".to_owned();
                let error = PatternError { message, range: 0..text.text.len(), hint: None };
                if has_role { Ok(pieces) } else { Err(error) }
            });
            pieces.map_err(|error| findings.push(broken_link(text, error))).ok()
        };
        texts.iter().map(pattern).collect()
    };
    let (needed, also) = (read(slots)?, read(&fields.texts("also"))?);
    let before = match fields.text("before") {
        Some(text) => Some(
            link::read_slot(text.text, roles, lexicon)
                .map_err(|error| findings.push(broken_link(&text, error)))
                .ok()?,
        ),
        None => None,
    };
    let filled = |role: usize| {
        needed.iter().any(|pieces| link::fills(pieces, role))
            || before.is_some_and(|slot| slot.role == Some(role))
    };
    if let Some(missing) = (0..roles.len()).find(|&role| !filled(role)) {
        let message = format!("this frame leaves out the role `{}`", roles[missing].name);
        findings.push(Finding::broken(Check::InvalidLink, message, fields.span).labelled("here"));
        return None;
    }
    let word = fields.text("scope").map(|text| text.text);
    let scope = Scope::ALL.iter().find(|(known, _)| Some(*known) == word).map(|&(_, scope)| scope);
    let mixed = fields.flag("mixed").unwrap_or(false);
    let with_texts = fields.texts("with");
    let with = read_patterns(&with_texts, lexicon, findings)?;
    let mut alike = Vec::new();
    for name in fields.texts("alike") {
        let role = roles.iter().position(|role| role.name == name.text);
        if role.is_none() {
            let message = format!("this rule has no role `{}`", name.text);
            findings
                .push(Finding::broken(Check::InvalidLink, message, name.span).labelled("no role"));
        }
        alike.push(role?);
    }
    let as_written = |texts: &[Text<'_>]| texts.iter().map(|text| text.text.to_owned()).collect();
    Some(Slots {
        needed: Later::made(needed),
        written: as_written(slots),
        before,
        also: Later::made(also),
        scope: scope.unwrap_or_default(),
        mixed,
        alike,
        with: Later::made(with),
        with_written: as_written(&with_texts),
    })
}

/// The roles of a change; every role of the rule takes part.
fn read_moves(
    fields: &Fields<'_>,
    roles: &[Role],
    lexicon: &Lexicon,
    findings: &mut Vec<Finding>,
) -> Option<Moves> {
    let slot = |key: &str, findings: &mut Vec<Finding>| {
        let text = fields.text(key)?;
        link::read_slot(text.text, roles, lexicon)
            .map_err(|error| findings.push(broken_link(&text, error)))
            .ok()
    };
    let (from, to) = (slot("from", findings)?, slot("to", findings)?);
    let by = match fields.text("by") {
        Some(_) => Some(slot("by", findings)?),
        None => None,
    };
    let filled = |role: usize| {
        [Some(from), Some(to), by].iter().flatten().any(|slot| slot.role == Some(role))
    };
    if let Some(missing) = (0..roles.len()).find(|&role| !filled(role)) {
        let message = format!("this frame leaves out the role `{}`", roles[missing].name);
        findings.push(Finding::broken(Check::InvalidLink, message, fields.span).labelled("here"));
        return None;
    }
    Some(Moves { from, to, by })
}
