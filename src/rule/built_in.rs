//! The built-in rules, of the rows that the build script wrote down: their texts are there at once, and what is
//! compiled of them is made when it is first needed. A test reads their files and sees that they are the same.

use std::sync::Arc;

use crate::finding::{RuleId, Severity};
use crate::lexicon::Lexicon;
use crate::rule::expression::{Condition, Type, parse_condition, settled};
use crate::rule::link::{self, Frame, Link, Moves, Piece, Scope, Slots, Takes};
use crate::rule::row::{FrameRow, LinkRow, MessageRow, RuleRow, SlotsRow, TakesRow};
use crate::rule::template::{Message, Template, index_of};
use crate::rule::{Join, Later, Loosely, Role, RoleKind, Rule, Slip};
use crate::source::Span;
use crate::value::Strain;

/// A text of a row.
type Text = &'static str;

/// The rules, in the order of their files, each with its span.
pub(super) fn rules(spans: impl Iterator<Item = (Text, Span)>) -> Vec<Rule> {
    let bytes: &'static [u8] = include_bytes!(concat!(env!("OUT_DIR"), "/rules.bin"));
    let rows: Vec<RuleRow<Text>> = postcard::from_bytes(bytes).unwrap_or_default();
    rows.into_iter().zip(spans).filter_map(|(row, (path, span))| rule(row, path, span)).collect()
}

fn rule(row: RuleRow<Text>, path: Text, span: Span) -> Option<Rule> {
    let roles: Arc<[Role]> = row.roles.iter().map(role).collect::<Option<_>>()?;
    let join = row
        .join
        .and_then(|word| Join::ALL.into_iter().find(|(known, _)| *known == word))
        .map(|it| it.1);
    // Links of a rule about pairs find one pair at a time.
    let filled = if join == Some(Join::OneRate) { 2 } else { roles.len() };
    let strain = row.strain.and_then(Strain::parse);
    Some(Rule {
        id: RuleId::new(row.id),
        summary: row.summary.to_owned(),
        group: super::file::group(path),
        severity: Severity::parse(row.severity)?,
        loosely: Loosely::of_word(row.loosely),
        strain,
        why: "-".to_owned(),
        join,
        that: row.that.to_owned(),
        holds: condition(row.that, &roles),
        plausible: row.plausible.map(|text| condition(text, &roles)),
        slip: row.slip.map(|(of, that)| Slip { of: of.to_owned(), holds: condition(that, &roles) }),
        over: row.over.into_iter().map(str::to_owned).collect(),
        is_quiet: row.is_quiet,
        is_said_once: row.is_said_once,
        keeps_currencies: row.keeps_currencies,
        message: message(row.message, &roles),
        links: row.links.into_iter().map(|row| read_link(row, &roles, filled, span)).collect(),
        frames: row.frames.into_iter().filter_map(|row| read_frame(row, &roles, span)).collect(),
        roles: roles.to_vec(),
        examples: Vec::new(),
        measured: Vec::new(),
        span,
    })
}

fn role(&(name, written): &(Text, Text)) -> Option<Role> {
    let kind = RoleKind::parse(written, &|name| Lexicon::built_in().dimension(name)).ok()?;
    Some(Role { name: name.to_owned(), kind, written: written.to_owned() })
}

/// What a built-in rule says and cannot be read; the tests read all of it.
const READ: &str = "the built-in rules are read by the tests";

fn types(roles: &[Role]) -> Vec<(&str, Type)> {
    roles.iter().map(|role| (&*role.name, role.kind.measures)).collect()
}

fn condition(text: Text, roles: &Arc<[Role]>) -> Later<Condition> {
    let roles = roles.clone();
    Later::new(move || {
        let types = types(&roles);
        let kinds: Vec<Type> = types.iter().map(|&(_, measures)| measures).collect();
        let parsed = parse_condition(text, &mut |name| index_of(name, &types), Lexicon::built_in());
        parsed.and_then(|condition| settled(condition, &kinds)).expect(READ)
    })
}

fn message(row: MessageRow<Text>, roles: &Arc<[Role]>) -> Later<Message> {
    let roles = roles.clone();
    Later::new(move || {
        let types = types(&roles);
        let template = |text| Template::read(text, &types, Lexicon::built_in()).expect(READ);
        Message {
            single: row.single.map(template),
            loosely: row.loosely.map(template),
            steps: row.steps.map(|steps| steps.into_iter().map(template).collect()),
            contradicts: template(row.contradicts),
        }
    })
}

/// Patterns over some of the roles.
fn patterns(texts: Vec<Text>, roles: &Arc<[Role]>) -> Later<Vec<Vec<Piece>>> {
    let roles = roles.clone();
    Later::new(move || {
        let read = |text| link::read_part(text, &roles, Lexicon::built_in()).expect(READ);
        texts.into_iter().map(read).collect()
    })
}

fn read_link(row: LinkRow<Text>, roles: &Arc<[Role]>, filled: usize, span: Span) -> Link {
    let (text, known) = (row.text, roles.clone());
    Link {
        written: text.to_owned(),
        span,
        pieces: Later::new(move || {
            link::read(text, &known[..filled], Lexicon::built_in()).expect(READ)
        }),
        sentences: row.sentences,
        preview: row.preview,
        unless: patterns(row.unless, &Arc::from([])),
        apart: row.apart.map(str::to_owned),
        strain: row.strain.and_then(Strain::parse),
        severity: row.severity.and_then(Severity::parse),
        mixed: row.mixed,
        converts: row.converts,
        excuses: row.excuses,
        tentative: row.tentative,
    }
}

fn read_frame(row: FrameRow<Text>, roles: &Arc<[Role]>, span: Span) -> Option<Frame> {
    Some(Frame {
        span,
        takes: takes(row.takes, roles)?,
        unless: patterns(row.unless, &Arc::from([])),
        apart: row.apart.map(str::to_owned),
        strain: row.strain.and_then(Strain::parse),
        severity: row.severity.and_then(Severity::parse),
        tentative: row.tentative,
    })
}

fn takes(row: TakesRow<Text>, roles: &Arc<[Role]>) -> Option<Takes> {
    let slot = |text| link::read_slot(text, roles, Lexicon::built_in()).ok();
    let moves = |(from, to, by): (Text, Text, Option<Text>)| {
        Some(Moves { from: slot(from)?, to: slot(to)?, by: by.and_then(slot) })
    };
    Some(match row {
        TakesRow::Change([rise, fall]) => Takes::Change { rise: moves(rise)?, fall: moves(fall)? },
        TakesRow::Whole(whole, parts) => Takes::Whole { whole: slot(whole)?, parts: slot(parts)? },
        TakesRow::Slots(row) => Takes::Slots(slots(row, roles)),
    })
}

fn slots(row: SlotsRow<Text>, roles: &Arc<[Role]>) -> Slots {
    let scope = Scope::ALL.iter().find(|(known, _)| Some(*known) == row.scope);
    let index = |name: &Text| roles.iter().position(|role| role.name == **name);
    Slots {
        written: row.needed.iter().map(|&text| text.to_owned()).collect(),
        needed: patterns(row.needed, roles),
        before: row.before.and_then(|text| link::read_slot(text, roles, Lexicon::built_in()).ok()),
        also: patterns(row.also, roles),
        scope: scope.map(|&(_, scope)| scope).unwrap_or_default(),
        mixed: row.mixed,
        alike: row.alike.iter().filter_map(index).collect(),
        with_written: row.with.iter().map(|&text| text.to_owned()).collect(),
        with: patterns(row.with, &Arc::from([])),
    }
}
