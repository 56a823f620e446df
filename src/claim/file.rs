//! The TOML form of claims, read with every mistake as a finding at its bytes.

use jiff::civil::Date;

use crate::checks::Check;
use crate::claim::{
    Assert, Asserted, Claim, ClaimsFile, Exempt, FilledRole, Origin, Quote, Status, Store,
};
use crate::figure::Figure;
use crate::finding::{Finding, Severity};
use crate::lexicon::Lexicon;
use crate::mention::{NotUnderstood, parse_number, parse_value};
use crate::published::Publication;
use crate::shape::{Document, Fields, Holds, Key, Shape, Text};
use crate::source::{SourceId, Sources};
use crate::value::{Allowed, Amount, Days, Interval, Rational, Value};

/// A claims file.
pub static CLAIMS: Shape = Shape {
    what: "a claims file",
    keys: &[
        Key::optional(
            "article",
            Holds::Text,
            "the article the claims are of, relative to this file",
        ),
        Key::optional("published", Holds::Date, "the day the article was published"),
        Key::optional("claim", Holds::Tables(&CLAIM), "a figure or date, one table each"),
        Key::optional(
            "assert",
            Holds::Tables(&ASSERT),
            "what must hold between claims, one table each",
        ),
        Key::optional(
            "exempt",
            Holds::Tables(&EXEMPT),
            "words of the article whose figures need no checking, one table each",
        ),
    ],
    others: None,
};

static CLAIM: Shape = Shape {
    what: "a claim",
    keys: &[
        Key::required("id", Holds::Text, "a name in snake_case, unique in the file"),
        Key::required(
            "value",
            Holds::Scalar,
            "the figure as prose writes it: \"$290 million\", \"June 2025\", \"close to double\"; \"unknown\" where it is not given",
        ),
        Key::optional("quote", Holds::Text, "the article's exact words"),
        Key::optional(
            "prefix",
            Holds::Text,
            "the words before the quote, where it stands more than once",
        ),
        Key::optional(
            "suffix",
            Holds::Text,
            "the words behind the quote, where it stands more than once",
        ),
        Key::optional(
            "sentence",
            Holds::Text,
            "the sentence that the quote stood in when it was recorded; `crossfoot record` writes it",
        ),
        Key::optional("subject", Holds::Text, "who or what the figure is about"),
        Key::optional("measure", Holds::Text, "which figure of it"),
        Key::optional("when", Holds::Scalar, "when it held: a date at any precision"),
        Key::optional("source", Holds::Table(&SOURCE, true), "where the figure comes from"),
        Key::optional(
            "status",
            Holds::Word(&[
                Status::Unchecked.as_str(),
                Status::Verified.as_str(),
                Status::Disputed.as_str(),
            ]),
            "how far it was checked",
        ),
        Key::optional("checker", Holds::Text, "who checked it"),
        Key::optional("note", Holds::Text, "a remark"),
        Key::optional(
            "paragraph",
            Holds::Number,
            "the paragraph that it stood in when it was recorded, from 1; `crossfoot record` writes it",
        ),
        Key::optional(
            "gone",
            Holds::Flag,
            "whether the article does not say it any more; it then takes part in nothing",
        ),
        Key::optional(
            "rounded_to",
            Holds::Number,
            "the step the figure was rounded to, where its digits do not say it",
        ),
        Key::optional(
            "rounding",
            Holds::Word(&["nearest", "truncate"]),
            "with rounded_to: how it was rounded",
        ),
    ],
    others: None,
};

static SOURCE: Shape = Shape {
    what: "a source",
    keys: &[
        Key::optional("title", Holds::Text, "what it is called"),
        Key::optional("url", Holds::Text, "where to find it"),
        Key::optional("accessed", Holds::Date, "when it was looked at"),
        Key::optional("locator", Holds::Text, "where in it: \"p. 3\""),
    ],
    others: None,
};

static EXEMPT: Shape = Shape {
    what: "an exemption",
    keys: &[
        Key::required("quote", Holds::Text, "the article's exact words, wherever they stand"),
        Key::optional("prefix", Holds::Text, "the words before the quote, to mean fewer places"),
        Key::optional("suffix", Holds::Text, "the words behind the quote, to mean fewer places"),
        Key::optional("because", Holds::Text, "why these figures need no checking"),
    ],
    others: None,
};

static ASSERT: Shape = Shape {
    what: "an assert",
    keys: &[
        Key::optional(
            "rule",
            Holds::Text,
            "the rule that must hold; its roles are further keys, each the id of a claim or a list of ids",
        ),
        Key::optional(
            "that",
            Holds::Text,
            "a condition over the ids of claims, in place of a rule",
        ),
        Key::optional("because", Holds::Text, "why it should hold"),
        Key::optional(
            "severity",
            Holds::Word(&["error", "warning", "note"]),
            "how much it matters",
        ),
    ],
    others: Some(Holds::TextOrTexts),
};

/// Reads a claims file. `None` if it is not TOML; every other mistake leaves out only what it
/// spoils.
pub fn read(
    sources: &Sources,
    id: SourceId,
    lexicon: &Lexicon,
    findings: &mut Vec<Finding>,
) -> Option<ClaimsFile> {
    let document = Document::parse(sources, id, findings)?;
    let root = document.root(&CLAIMS, findings);
    let tables = root.tables("claim", findings);
    let mut claims = Store::with_capacity(tables.len());
    for fields in tables {
        let Some(claim) = read_claim(&fields, lexicon, findings) else {
            fields.text("id").iter().for_each(|id| claims.add_unread(id.text));
            continue;
        };
        if let Err((first, claim)) = claims.add(claim) {
            let first = claims.get(first);
            findings.push(
                Finding::broken(
                    Check::DuplicateId,
                    format!("two claims are named `{}`", claim.id),
                    claim.id_span,
                )
                .labelled("named again here")
                .with(first.id_span, "named first here")
                .helped("each claim needs a name of its own; asserts refer to it"),
            );
        }
    }
    let asserts =
        root.tables("assert", findings).iter().filter_map(|f| read_assert(f, findings)).collect();
    let exempt =
        root.tables("exempt", findings).iter().filter_map(|fields| read_exempt(fields)).collect();
    Some(ClaimsFile {
        span: sources.whole(id),
        article: root.text("article").map(|text| (text.text.to_owned(), text.span)),
        anchored_in: None,
        published: read_day(&root, "published", findings).map(Publication::stated),
        home: lexicon.home(),
        claims,
        asserts,
        exempt,
    })
}

fn read_day(fields: &Fields<'_>, key: &str, findings: &mut Vec<Finding>) -> Option<Date> {
    let text = fields.scalar(key)?;
    let day = text.text.get(..10).unwrap_or(text.text).parse::<Date>();
    match day {
        Ok(day) if 1 <= day.year() => Some(day),
        _ => {
            findings.push(
                Finding::broken(
                    Check::InvalidDate,
                    format!("`{key}` is to be a day: 2025-08-07"),
                    text.span,
                )
                .labelled("not a day of the calendar"),
            );
            None
        }
    }
}

fn read_claim(
    fields: &Fields<'_>,
    lexicon: &Lexicon,
    findings: &mut Vec<Finding>,
) -> Option<Claim> {
    let owned = |key: &str| fields.text(key).map(|text| text.text.to_owned());
    let id = fields.text("id");
    if let Some(id) = &id {
        check_name(id, findings);
    }
    let written = fields.scalar("value");
    let value = written
        .as_ref()
        .and_then(|text| read_value(text, fields.is_number("value"), lexicon, findings));
    let when = fields.scalar("when").and_then(|text| read_when(&text, lexicon, findings));
    let source = read_source(fields, findings);
    for key in ["prefix", "suffix", "sentence"] {
        if let (Some(span), false) = (fields.key_span(key), fields.has("quote")) {
            findings.push(
                Finding::broken(
                    Check::MissingKey,
                    format!("`{key}` says nothing without a `quote`"),
                    span,
                )
                .labelled("beside what?"),
            );
        }
    }
    let mut value = value?;
    if let Value::Amount(amount) = &mut value {
        apply_rounding(amount, fields, findings);
    } else if let Some(span) = fields.key_span("rounded_to") {
        findings.push(
            Finding::broken(Check::InvalidRounding, "only a number can be rounded to a step", span)
                .labelled("the value of this claim is no number"),
        );
    }
    let (id, written) = (id?, written?);
    Some(Claim {
        id: id.text.to_owned(),
        id_span: id.span,
        figure: Figure { when, ..Figure::new(value, written.text.to_owned(), written.span) },
        quote: read_quote(fields),
        place: None,
        state: None,
        found: Vec::new(),
        otherwise: Vec::new(),
        is_misquoted: false,
        paragraph: read_paragraph(fields, findings),
        stands_in: None,
        is_gone: fields.flag("gone").unwrap_or(false),
        subject: owned("subject"),
        measure: owned("measure"),
        source,
        status: fields
            .text("status")
            .and_then(|text| Status::ALL.into_iter().find(|status| status.as_str() == text.text))
            .unwrap_or_default(),
        checker: owned("checker"),
        note: owned("note"),
    })
}

fn read_quote(fields: &Fields<'_>) -> Option<Quote> {
    let owned = |key: &str| fields.text(key).map(|text| text.text.to_owned());
    fields.text("quote").map(|text| Quote {
        text: text.text.to_owned(),
        span: text.span,
        prefix: owned("prefix"),
        suffix: owned("suffix"),
        sentence: owned("sentence"),
    })
}

fn read_exempt(fields: &Fields<'_>) -> Option<Exempt> {
    let because = fields.text("because").map(|text| text.text.to_owned());
    Some(Exempt { quote: read_quote(fields)?, because, places: Vec::new() })
}

fn read_paragraph(fields: &Fields<'_>, findings: &mut Vec<Finding>) -> Option<usize> {
    let text = fields.scalar("paragraph")?;
    let number = text.text.parse().ok().filter(|&number: &usize| 0 < number);
    if number.is_none() {
        findings.push(
            Finding::broken(
                Check::WrongType,
                "`paragraph` is to be a whole number from 1",
                text.span,
            )
            .labelled("no number of a paragraph")
            .helped("leave it out where it is not known; `crossfoot record` writes it"),
        );
    }
    number
}

fn read_source(fields: &Fields<'_>, findings: &mut Vec<Finding>) -> Option<Origin> {
    if let Some(text) = fields.text("source") {
        return Some(Origin { title: Some(text.text.to_owned()), ..Origin::default() });
    }
    let table = fields.table("source", findings)?;
    let owned = |key: &str| table.scalar(key).map(|text| text.text.to_owned());
    Some(Origin {
        title: owned("title"),
        url: owned("url"),
        accessed: owned("accessed"),
        locator: owned("locator"),
    })
}

fn check_name(id: &Text<'_>, findings: &mut Vec<Finding>) {
    if is_name(id.text) {
        return;
    }
    findings.push(
        Finding::broken(Check::InvalidId, format!("`{}` cannot name a claim", id.text), id.span)
            .labelled("small letters, digits and underscores, a letter first")
            .helped("the name stands in expressions: `aid_total = 4 * aid_per_year`"),
    );
}

/// Whether a text can name a claim or a role: `snake_case`, and no word of the expressions.
pub fn is_name(text: &str) -> bool {
    let mut characters = text.chars();
    let first = characters.next().is_some_and(|c| c.is_ascii_lowercase());
    let rest = characters.all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_');
    first
        && rest
        && !["and", "or", "published", "rule", "that", "because", "severity"].contains(&text)
}

fn read_value(
    text: &Text<'_>,
    is_number: bool,
    lexicon: &Lexicon,
    findings: &mut Vec<Finding>,
) -> Option<Value> {
    let value = if is_number {
        // TOML may group digits with underscores.
        parse_number(&text.text.replace('_', ""), lexicon)
    } else {
        parse_value(text.text, lexicon)
    };
    value.map_err(|error| findings.push(not_understood(text, &error, !is_number))).ok()
}

fn not_understood(text: &Text<'_>, error: &NotUnderstood, same: bool) -> Finding {
    let span = if same { text.part(error.range.clone()) } else { text.span };
    let message = format!("the value \"{}\" is not understood: {}", text.text, error.reason);
    let finding = Finding::broken(Check::UnreadableValue, message, span).labelled("not understood");
    match &error.hint {
        Some(hint) => finding.helped(hint.clone()),
        None => finding,
    }
}

fn read_when(
    text: &Text<'_>,
    lexicon: &Lexicon,
    findings: &mut Vec<Finding>,
) -> Option<(String, Days)> {
    match parse_value(text.text, lexicon) {
        Ok(Value::Date(date)) if date.readings.len() == 1 => {
            Some((text.text.to_owned(), date.allowed(date.readings[0])))
        }
        Ok(Value::Date(_)) => {
            findings.push(
                Finding::broken(Check::InvalidDate, "this date can be read in two ways", text.span)
                    .labelled("which is the month?")
                    .helped("write it as 2025-08-07 or as \"7 August 2025\""),
            );
            None
        }
        _ => {
            findings.push(
                Finding::broken(
                    Check::InvalidDate,
                    "`when` is to be a date at any precision",
                    text.span,
                )
                .labelled("no date is understood here")
                .helped("\"2024\", \"June 2025\", \"2024 to 2027\", 2025-08-07"),
            );
            None
        }
    }
}

/// `rounded_to` and `rounding` say what the digits do not: the step the figure was rounded to.
///
/// Nearest is closed at both ends, truncation open at the end away from zero (XBRL Calculations
/// 1.1, round and truncate modes).
fn apply_rounding(amount: &mut Amount, fields: &Fields<'_>, findings: &mut Vec<Finding>) {
    let truncates = fields.text("rounding").is_some_and(|text| text.text == "truncate");
    let Some(text) = fields.scalar("rounded_to") else {
        if let Some(span) = fields.key_span("rounding") {
            findings.push(
                Finding::broken(
                    Check::MissingKey,
                    "`rounding` says nothing without `rounded_to`",
                    span,
                )
                .labelled("rounded to what?"),
            );
        }
        return;
    };
    let step = Rational::parse(&text.text.replace('_', "")).filter(|step| Rational::ZERO < *step);
    let Some(step) = step else {
        findings.push(
            Finding::broken(
                Check::InvalidRounding,
                "`rounded_to` is to be a number above zero",
                text.span,
            )
            .labelled("such as 100, or 0.5"),
        );
        return;
    };
    let around = |number: &Rational| {
        if truncates {
            return truncated(number, &step);
        }
        Interval::around(number, &(&step * &Rational::fraction(1, 2)))
    };
    let interval = around(&amount.from).hull(&around(&amount.to));
    amount.allowed = Allowed { strict: interval.clone(), loose: interval };
}

fn truncated(number: &Rational, step: &Rational) -> Interval {
    use crate::value::End::{Closed, Open};
    let (below, above) = (number - step, number + step);
    let ends = match (number.is_zero(), number.is_negative()) {
        (true, _) => (Open(below), Open(above)),
        (false, true) => (Open(below), Closed(number.clone())),
        (false, false) => (Closed(number.clone()), Open(above)),
    };
    Interval::new(ends.0, ends.1).unwrap_or_else(|| Interval::point(number.clone()))
}

fn read_assert(fields: &Fields<'_>, findings: &mut Vec<Finding>) -> Option<Assert> {
    let (rule, that) = (fields.text("rule"), fields.text("that"));
    let relation = match (rule, that) {
        (Some(rule), None) => Asserted::Rule {
            rule: (rule.text.to_owned(), rule.span),
            roles: fields
                .other_keys()
                .into_iter()
                .map(|(role, span)| {
                    let ids = fields.texts(role);
                    let ids = ids.into_iter().map(|id| (id.text.to_owned(), id.span)).collect();
                    FilledRole { name: role.to_owned(), span, ids }
                })
                .collect(),
        },
        (None, Some(that)) => {
            for (key, span) in fields.other_keys() {
                findings.push(
                    Finding::broken(
                        Check::UnknownKey,
                        format!("an assert with `that` has no key `{key}`"),
                        span,
                    )
                    .labelled("roles belong to a `rule`")
                    .helped("name the claims in the condition itself"),
                );
            }
            Asserted::That { text: that.text.to_owned(), span: that.span, verbatim: that.verbatim }
        }
        (Some(_), Some(that)) => {
            findings.push(
                Finding::broken(
                    Check::UnknownKey,
                    "an assert has either a `rule` or a `that`, not both",
                    that.span,
                )
                .labelled("one of the two is too many"),
            );
            return None;
        }
        (None, None) => {
            if !fields.has("rule") && !fields.has("that") {
                findings.push(
                    Finding::broken(
                        Check::MissingKey,
                        "an assert has neither a `rule` nor a `that`",
                        fields.span,
                    )
                    .labelled("what is to hold?")
                    .helped("`rule = \"wrong-rate\"` with its roles, or `that = \"a + b = c\"`"),
                );
            }
            return None;
        }
    };
    Some(Assert {
        span: fields.span,
        relation,
        because: fields.text("because").map(|text| text.text.to_owned()),
        severity: fields.text("severity").and_then(|text| Severity::parse(text.text)),
    })
}
