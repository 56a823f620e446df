//! The built-in rules: their files read into rows, and their links and frames compiled to code.

use std::fmt::Debug;

use toml::{Table, Value};

use crate::lexicon::Lexicon;
use crate::lexicon_tables::Code;
use crate::rule::link::cue::CLASSES;
use crate::rule::link::links::{
    Compiled, CompiledFrame, CompiledSlots, FramePatterns, LinkPatterns, Links, SlotPatterns,
    Stated,
};
use crate::rule::link::pattern::{Piece, Slot, read, read_part};
use crate::rule::link::program::{First, Numbers, Op, Program};
use crate::rule::link::scope::Scope;
use crate::rule::link::triggers::Triggers;
use crate::rule::row::{
    FrameRow, LinkRow, MeasureRow, MeasuredRow, MessageRow, RuleRow, SlotsRow, TakesRow,
};
use crate::rule::{Role, RoleKind};
use crate::value::Dimension;

/// A rule file's row.
pub(crate) type Row = RuleRow<String>;

/// Reads a rule file.
pub(crate) fn row(text: &str) -> Result<Row, String> {
    let file: Table = toml::from_str(text).map_err(|error| error.to_string())?;
    let held = table(&file, "holds")?;
    let message = table(&file, "message")?;
    let slip = file.get("slip").and_then(Value::as_table);
    let slip = slip.map(|slip| Ok::<_, String>((needed(slip, "of")?, needed(slip, "that")?)));
    let kind = |(name, kind): (&String, &Value)| Some((name.clone(), kind.as_str()?.to_owned()));
    Ok(RuleRow {
        id: needed(&file, "id")?,
        summary: needed(&file, "summary")?,
        severity: needed(&file, "severity")?,
        loosely: text_of(&file, "loosely"),
        strain: text_of(&file, "strain"),
        join: text_of(&file, "join"),
        roles: table(&file, "roles")?.iter().filter_map(kind).collect(),
        that: needed(held, "that")?,
        plausible: text_of(held, "if"),
        slip: slip.transpose()?,
        over: texts(&file, "over"),
        is_quiet: flag(&file, "quiet"),
        is_said_once: flag(&file, "once"),
        keeps_currencies: text_of(&file, "currencies").as_deref() == Some("apart"),
        message: MessageRow {
            contradicts: needed(message, "contradicts")?,
            single: text_of(message, "single"),
            loosely: text_of(message, "loosely"),
            steps: message.contains_key("steps").then(|| texts(message, "steps")),
        },
        links: tables(&file, "link").map(link).collect::<Result<_, _>>()?,
        frames: tables(&file, "frame").map(frame).collect::<Result<_, _>>()?,
    })
}

fn link(link: &Table) -> Result<LinkRow<String>, String> {
    let sentences = link.get("sentences").and_then(Value::as_integer).unwrap_or(1);
    Ok(LinkRow {
        text: needed(link, "text")?,
        sentences: u8::try_from(sentences).map_err(|error| error.to_string())?,
        preview: flag(link, "preview"),
        unless: texts(link, "unless"),
        apart: text_of(link, "apart"),
        strain: text_of(link, "strain"),
        severity: text_of(link, "severity"),
        mixed: flag(link, "mixed"),
        converts: flag(link, "converts"),
        excuses: flag(link, "excuses"),
        tentative: flag(link, "tentative"),
    })
}

fn frame(frame: &Table) -> Result<FrameRow<String>, String> {
    let moves = |key: &str| {
        let moves = table(frame, key)?;
        Ok::<_, String>((needed(moves, "from")?, needed(moves, "to")?, text_of(moves, "by")))
    };
    let takes = match (text_of(frame, "whole"), text_of(frame, "parts")) {
        (Some(whole), Some(parts)) => TakesRow::Whole(whole, parts),
        _ if frame.contains_key("slots") => TakesRow::Slots(SlotsRow {
            needed: texts(frame, "slots"),
            before: text_of(frame, "before"),
            also: texts(frame, "also"),
            scope: text_of(frame, "scope"),
            mixed: flag(frame, "mixed"),
            alike: texts(frame, "alike"),
            with: texts(frame, "with"),
        }),
        _ => TakesRow::Change([moves("rise")?, moves("fall")?]),
    };
    Ok(FrameRow {
        takes,
        unless: texts(frame, "unless"),
        apart: text_of(frame, "apart"),
        strain: text_of(frame, "strain"),
        severity: text_of(frame, "severity"),
        tentative: flag(frame, "tentative"),
    })
}

/// Reads the file of what was measured of rules.
pub(crate) fn measured(text: &str) -> Result<MeasuredRow<String>, String> {
    let file: Table = toml::from_str(text).map_err(|error| error.to_string())?;
    let of_rules = file.iter().filter_map(|(name, value)| Some((name, value.as_table()?)));
    let mut rules = Vec::new();
    for (name, of) in of_rules {
        let apart = of.get("apart").and_then(Value::as_table).into_iter().flatten();
        let apart = apart.filter_map(|(name, value)| Some((name, value.as_table()?)));
        let apart = apart.map(|(name, of)| Ok((name.clone(), measure(of)?)));
        rules.push((name.clone(), measure(of)?, apart.collect::<Result<_, String>>()?));
    }
    Ok(MeasuredRow { texts: number(&file, "texts")?, rules })
}

fn measure(of: &Table) -> Result<MeasureRow<String>, String> {
    let optional = |key| if of.contains_key(key) { number(of, key) } else { Ok(0) };
    let read = match of.get("read").and_then(Value::as_table) {
        Some(read) => [number(read, "true")?, number(read, "arguable")?, number(read, "false")?],
        None => [0; 3],
    };
    let strain = match of.get("strain").and_then(Value::as_table) {
        Some(all) => Some([needed(all, "p95")?, needed(all, "p99")?, needed(all, "max")?]),
        None => None,
    };
    let (different, unread) = (optional("different")?, optional("unread")?);
    let (seen, held) = (number(of, "seen")?, number(of, "held")?);
    Ok(MeasureRow { seen, held, different, unread, read, strain })
}

fn number(table: &Table, key: &str) -> Result<u64, String> {
    let number = table.get(key).and_then(Value::as_integer);
    number.and_then(|number| u64::try_from(number).ok()).ok_or(format!("`{key}` is no number"))
}

fn table<'t>(table: &'t Table, key: &str) -> Result<&'t Table, String> {
    table.get(key).and_then(Value::as_table).ok_or(format!("there is no table `{key}`"))
}

fn tables<'t>(table: &'t Table, key: &str) -> impl Iterator<Item = &'t Table> {
    let all = table.get(key).and_then(Value::as_array);
    all.into_iter().flatten().filter_map(Value::as_table)
}

fn text_of(table: &Table, key: &str) -> Option<String> {
    table.get(key).and_then(Value::as_str).map(str::to_owned)
}

fn needed(table: &Table, key: &str) -> Result<String, String> {
    text_of(table, key).ok_or(format!("there is no text `{key}`"))
}

fn texts(table: &Table, key: &str) -> Vec<String> {
    let all = table.get(key).and_then(Value::as_array);
    all.into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect()
}

fn flag(table: &Table, key: &str) -> bool {
    table.get(key).and_then(Value::as_bool).unwrap_or(false)
}

/// The patterns of a link.
struct LinkRead {
    pieces: Vec<Piece>,
    sentences: u8,
    unless: Vec<Vec<Piece>>,
}

/// The patterns of a frame; those of its slots: needed, also, with.
struct FrameRead {
    unless: Vec<Vec<Piece>>,
    slots: Option<(Scope, [Vec<Vec<Piece>>; 3])>,
}

/// Compiles the links and frames of all rules to code.
pub(crate) fn compiled(
    rows: &[Row],
    lexicon: &Lexicon,
    dimension: &dyn Fn(&str) -> Option<Dimension>,
) -> Result<String, String> {
    if let Some((_, name)) = CLASSES.iter().find(|(_, name)| lexicon.phrase_class(name).is_none()) {
        return Err(format!("a cue names the class of phrases `{name}`, which is not there"));
    }
    let mut all = Vec::new();
    for row in rows {
        all.push(
            patterns(row, lexicon, dimension).map_err(|error| format!("{}: {error}", row.id))?,
        );
    }
    let borrowed: Vec<_> = all.iter().enumerate().map(borrowed).collect();
    let mut too_long = None;
    let links = Links::default().with(&borrowed, lexicon, |rule, stated| {
        too_long = Some(match stated {
            Stated::Link(at) => format!("{}: link {} is too long", rows[rule].id, at + 1),
            Stated::Frame(at) => format!("{}: frame {} is too long", rows[rule].id, at + 1),
        });
    });
    too_long.map_or_else(|| Ok(written(&links)), Err)
}

fn patterns(
    row: &Row,
    lexicon: &Lexicon,
    dimension: &dyn Fn(&str) -> Option<Dimension>,
) -> Result<(Vec<LinkRead>, Vec<FrameRead>), String> {
    let role = |(name, written): &(String, String)| {
        let kind = RoleKind::parse(written, dimension)?;
        Ok(Role { name: name.clone(), kind, written: written.clone() })
    };
    let roles = row.roles.iter().map(role).collect::<Result<Vec<Role>, String>>()?;
    let filled = if row.join.as_deref() == Some("one rate") { &roles[..2] } else { &roles };
    let parts = |texts: &[String], roles: &[Role]| {
        let one = |text: &String| read_part(text, roles, lexicon).map_err(|error| error.message);
        texts.iter().map(one).collect::<Result<Vec<_>, String>>()
    };
    let mut links = Vec::new();
    for link in &row.links {
        links.push(LinkRead {
            pieces: read(&link.text, filled, lexicon).map_err(|error| error.message)?,
            sentences: link.sentences,
            unless: parts(&link.unless, &[])?,
        });
    }
    let mut frames = Vec::new();
    for frame in &row.frames {
        let slots = match &frame.takes {
            TakesRow::Slots(slots) => {
                let scope =
                    Scope::ALL.iter().find(|(known, _)| Some(*known) == slots.scope.as_deref());
                let scope = scope.map(|&(_, scope)| scope).unwrap_or_default();
                let (needed, also) = (parts(&slots.needed, &roles)?, parts(&slots.also, &roles)?);
                Some((scope, [needed, also, parts(&slots.with, &[])?]))
            }
            TakesRow::Change(_) | TakesRow::Whole(..) => None,
        };
        frames.push(FrameRead { unless: parts(&frame.unless, &[])?, slots });
    }
    Ok((links, frames))
}

fn borrowed(
    (rule, (links, frames)): (usize, &(Vec<LinkRead>, Vec<FrameRead>)),
) -> (usize, Vec<LinkPatterns<'_>>, Vec<FramePatterns<'_>>) {
    let links = links.iter().map(of_link).collect();
    (rule, links, frames.iter().map(of_frame).collect())
}

fn of_link(link: &LinkRead) -> LinkPatterns<'_> {
    LinkPatterns { pieces: &link.pieces, sentences: link.sentences, unless: &link.unless }
}

fn of_frame(frame: &FrameRead) -> FramePatterns<'_> {
    let slots = frame.slots.as_ref();
    let slots = slots.map(|(scope, [needed, also, with])| SlotPatterns {
        scope: *scope,
        needed,
        also,
        with,
    });
    FramePatterns { unless: &frame.unless, slots }
}

fn written(links: &Links) -> String {
    let mut code = Code::default();
    code.table("ALL", "Compiled", links.all.iter().map(compiled_code));
    code.table("FRAMES", "CompiledFrame", links.frames.iter().map(frame_code));
    code.table("SLOTS", "CompiledSlots", links.slots.iter().map(slots_code));
    let cues = links.cues.phrases.iter();
    let cues = cues.map(|phrase| {
        let rest = joined(phrase.rest.iter().map(|item| format!("Item::{item:?}")));
        format!("Phrase {{ cue: Cue::{:?}, rest: Cow::Borrowed(&[{rest}]) }}", phrase.cue)
    });
    code.table("CUES", "Phrase", cues);
    code.table("CUE_STARTS", "u32", links.cues.starts.iter());
    code.table("LEVELS", "u16", links.cues.levels.iter());
    code.table("ENDS", "u16", links.cues.ends.iter());
    code.text_table("WORDS", &links.words.numbers);
    code.line(&format!("const LONGEST: usize = {};", links.words.longest));
    let short = &links.words.short;
    let places = short.places.iter().map(|place| format!("{place:?}"));
    code.table("SHORT", "(u64, u16)", places);
    code.line(&format!("const SHORT_COUNT: usize = {};", short.count));
    code.table("FILTER", "u64", links.words.filter.0.iter());
    code.table("MARKS", "u16", links.words.marks.iter());
    let triggers = [
        ("ABOUT_ONE", &links.about_one),
        ("WITHIN", &links.within),
        ("ACROSS", &links.across),
        ("SLOTS_WITHIN", &links.slots_within),
        ("SLOTS_ACROSS", &links.slots_across),
    ];
    for (name, triggers) in triggers {
        let Triggers { links, free, row_of, rows } = triggers;
        code.line(&format!(
            "#[allow(clippy::unreadable_literal, reason = \"generated\")]\n\
             static {name}: Triggers = Triggers {{ links: {}, free: {}, row_of: {}, rows: {} }};",
            slice(links),
            slice(free),
            slice(row_of),
            slice(rows)
        ));
    }
    code.0
}

/// Values of code, one behind another.
fn joined(values: impl Iterator<Item = String>) -> String {
    values.collect::<Vec<String>>().join(",")
}

/// A slice that lies in the program.
fn slice<T: Debug>(values: &[T]) -> String {
    format!("Cow::Borrowed(&{values:?})")
}

fn slices(values: &[Numbers]) -> String {
    let all: String = joined(values.iter().map(|one| slice(one)));
    format!("Cow::Borrowed(&[{all}])")
}

fn compiled_code(compiled: &Compiled) -> String {
    let Compiled { rule, link, program, unless } = compiled;
    let (program, unless) = (program_code(program), programs(unless));
    format!("Compiled {{ rule: {rule}, link: {link}, program: {program}, unless: {unless} }}\n")
}

fn frame_code(compiled: &CompiledFrame) -> String {
    let CompiledFrame { rule, frame, unless } = compiled;
    let unless = programs(unless);
    format!("CompiledFrame {{ rule: {rule}, frame: {frame}, unless: {unless} }}\n")
}

fn slots_code(compiled: &CompiledSlots) -> String {
    format!(
        "CompiledSlots {{ frame: {}, scope: Scope::{:?}, needed: {}, also: {}, with: {} }}\n",
        frame_code(&compiled.frame),
        compiled.scope,
        programs(&compiled.needed),
        programs(&compiled.also),
        programs(&compiled.with)
    )
}

fn programs(programs: &[Program]) -> String {
    let all: String = joined(programs.iter().map(program_code));
    format!("Cow::Borrowed(&[{all}])")
}

fn program_code(program: &Program) -> String {
    let Program { ops, slots, sets, sentences, turns, needs, figures, first } = program;
    let First { any, words, marks, slots: first_slots } = first;
    let ops: &[Op] = ops;
    let slots: &[Slot] = slots;
    format!(
        "Program {{ ops: {}, slots: {}, sets: {}, sentences: {sentences}, turns: {}, needs: {}, \
         figures: {}, first: First {{ any: {any}, words: {}, marks: {}, slots: {} }} }}",
        slice(ops),
        slice(slots),
        slices(sets),
        slice(turns),
        slices(needs),
        slice(figures),
        slice(words),
        slice(marks),
        slice(first_slots)
    )
}
