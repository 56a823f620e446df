//! Why figures make no relation, in words: every reason is told here.

use crate::prose::{Article, ChangeRead, End, Ended, Misfit, NoChange, Tried, Why};
use crate::rule::Rule;
use crate::rule::link::{Takes, fills};
use crate::source::{one_line, shortened};
use crate::value::{Kind, Value};

/// Bytes of a figure or of words that are repeated.
const MOST: usize = 120;

/// The words of a figure, by its index.
pub(super) fn words(article: Article<'_>, mention: usize) -> String {
    let words = one_line(article.words(article.mention(mention)));
    shortened(&words, MOST).into_owned()
}

/// A word for programs for what sort of reason there is.
pub(super) fn kind(why: &Why) -> &'static str {
    match why {
        Why::Unfilled => "unfilled",
        Why::Crowded(_) => "crowded",
        Why::Shared(_) => "shared",
        Why::Ambiguous(_) => "ambiguous",
        Why::Between(_) => "between",
        Why::Excluded(_) => "excluded",
        Why::Without => "without",
        Why::NotTaken(..) => "not-taken",
        Why::NoAmount(_) => "no-amount",
        Why::NoDirection => "no-direction",
        Why::GivesWay(_) => "gives-way",
        Why::Misfit(misfit) => match misfit {
            Misfit::Empty(_) => "empty-role",
            Misfit::Several(_) => "several",
            Misfit::Twice(_) => "twice",
            Misfit::Kind(..) => "wrong-kind",
            Misfit::Measures(..) | Misfit::Percent(..) => "no-partner",
            Misfit::Rates(..) => "rates",
            Misfit::Counts(..) => "counts",
            Misfit::Currencies(..) | Misfit::Spread => "currencies",
            Misfit::Price => "price",
            Misfit::NoConversion => "no-conversion",
        },
    }
}

/// Why something that was tried is no relation.
pub(super) fn told(tried: &Tried<'_>, article: Article<'_>) -> String {
    let rule = tried.rule;
    let slot = |slot: usize| match tried.frame.map(|frame| &frame.takes) {
        Some(Takes::Slots(slots)) => {
            let fills = |role: &usize| fills(&slots.needed[slot], *role);
            all_of((0..rule.roles.len()).filter(fills).map(|role| role_of(rule, role)))
        }
        _ => String::new(),
    };
    let one = |mention: usize| format!("\"{}\"", words(article, mention));
    match &tried.why {
        Why::Unfilled => {
            let open = tried.open.iter().map(|&open| slot(open));
            format!("no figure stands where {} would", all_of(open))
        }
        Why::Crowded(at) => format!("too many figures may be {}", slot(*at)),
        Why::Shared(at) => format!("only figures that have another place may be {}", slot(*at)),
        Why::Ambiguous(ways) => {
            format!("the figures may have their places in {ways} ways, so nothing is said of them")
        }
        Why::Between(figure) => {
            format!("{} stands between the figures and has no place", one(*figure))
        }
        Why::Misfit(misfit) => of_misfit(*misfit, rule, article),
        Why::Excluded(range) => {
            let words = one_line(article.document.prose().get(range.clone()).unwrap_or_default());
            format!("the words \"{}\" exclude it", shortened(&words, MOST))
        }
        Why::Without => match tried.frame.map(|frame| &frame.takes) {
            Some(Takes::Slots(slots)) => {
                format!("it needs one of these words: {}", slots.with_written.join("; "))
            }
            _ => "words are missing that it needs".to_owned(),
        },
        Why::NotTaken(role, figure) => {
            format!("{} is no {}", one(*figure), role_of(rule, *role))
        }
        Why::NoAmount(role) => {
            format!("no figure says by how much, as it would for {}", role_of(rule, *role))
        }
        Why::NoDirection => "no words say for sure which way it goes".to_owned(),
        Why::GivesWay(special) => {
            format!("it gives way to {special}, which takes the same figures")
        }
    }
}

fn of_misfit(misfit: Misfit, rule: &Rule, article: Article<'_>) -> String {
    let one = |mention: usize| format!("\"{}\"", words(article, mention));
    let measures = |a: usize, b: usize| {
        format!("{} and {}", measure(article, a.min(b)), measure(article, a.max(b)))
    };
    match misfit {
        Misfit::Empty(role) => format!("there is no figure for {}", role_of(rule, role)),
        Misfit::Several(role) => format!("several figures are there for {}", role_of(rule, role)),
        Misfit::Twice(figure) => format!("{} would have two places", one(figure)),
        Misfit::Kind(role, figure) => {
            format!("{} is no {}", one(figure), role_of(rule, role))
        }
        Misfit::Measures(a, b) | Misfit::Percent(a, b) => no_partner(a, b, article),
        Misfit::Rates(a, b) => {
            format!("{} and {} are not for each of the same thing", one(a), one(b))
        }
        Misfit::Counts(a, b) => format!("they count different things: {}", measures(a, b)),
        Misfit::Currencies(a, b) => format!("they are in two currencies: {}", measures(a, b)),
        Misfit::Spread => "its money is not in the currencies that it takes".to_owned(),
        Misfit::Price => "the price is for other things than those that are counted".to_owned(),
        Misfit::NoConversion => "neither figure is the other one in another unit".to_owned(),
    }
}

/// What sort of reason there is against a change, and all reasons; `None` where it is one.
pub(super) fn of_change(
    change: &ChangeRead,
    article: Article<'_>,
) -> Option<(&'static str, Vec<String>)> {
    let (kind, reason) = match change.lost? {
        NoChange::NoLevels => {
            ("no-levels", "there is no level, neither a first nor a last".to_owned())
        }
        NoChange::NoFirst => ("no-first", "there is no first level".to_owned()),
        NoChange::NoLast => ("no-last", "there is no last level".to_owned()),
        NoChange::Unlike => match (change.from, change.to) {
            (Some(from), Some(to)) => ("no-partner", no_partner(from, to, article)),
            _ => ("no-partner", "the levels do not measure the same".to_owned()),
        },
        NoChange::OtherWay => (
            "other-way",
            "it is only compared, and the figures go the other way than the words".to_owned(),
        ),
        NoChange::TwoBases => {
            ("two-bases", "it is compared with a time, and then with a figure".to_owned())
        }
        NoChange::LongAgo => {
            ("long-ago", "the first level is of long before what else is told".to_owned())
        }
        NoChange::WasRange => ("was-range", "the first figures are a range".to_owned()),
        NoChange::TwoInOne => ("two-in-one", "two changes are told in one".to_owned()),
        NoChange::OfAnother => {
            ("of-another", "what the first figure is a share of is not told".to_owned())
        }
        NoChange::Strayed => ("strayed", "a figure without a place stands before these".to_owned()),
    };
    let mut all = vec![reason];
    all.extend(ended(change, article));
    let one = |mention: usize| format!("\"{}\"", words(article, mention));
    all.extend(
        change
            .expected
            .map(|figure| format!("{} was only expected, so it is no level", one(figure))),
    );
    Some((kind, all))
}

/// What ended a change before its clause did.
pub(super) fn ended(change: &ChangeRead, article: Article<'_>) -> Option<String> {
    let one = |mention: usize| format!("\"{}\"", words(article, mention));
    Some(match change.ended? {
        Ended::Second(end, figure) => {
            let end = match end {
                End::From => "the first level",
                End::To => "the last level",
                End::By => "the change itself",
            };
            format!("{} may be {end} too, and begins another change", one(figure))
        }
        Ended::Stray(figure) => format!("{} stands there and has no place", one(figure)),
        Ended::Far(figure) => format!("{} stands too far off to belong to it", one(figure)),
        Ended::Words => "words follow that tell of another change".to_owned(),
    })
}

fn no_partner(a: usize, b: usize, article: Article<'_>) -> String {
    let (a, b) = (a.min(b), a.max(b));
    let (first, second) = (measure(article, a), measure(article, b));
    format!(
        "no partner: {first} and {second} (\"{}\" and \"{}\")",
        words(article, a),
        words(article, b)
    )
}

/// What a figure measures or counts.
fn measure(article: Article<'_>, mention: usize) -> String {
    let mention = article.mention(mention);
    let counted = mention.counted.clone().map(|noun| &article.document.prose()[noun]);
    match &mention.value {
        Value::Amount(amount) => {
            let per =
                amount.unit.per.as_deref().map_or_else(String::new, |per| format!(" per {per}"));
            let what = match (&*amount.unit.name, amount.kind, counted) {
                (_, Kind::Ordinal, _) => "a rank",
                ("", Kind::Multiple, _) => "times",
                ("", _, Some(noun)) => noun,
                ("", Kind::Percent, None) => "percent",
                ("", _, None) => "a plain number",
                (unit, ..) => unit,
            };
            format!("{}{per}", shortened(&one_line(what), MOST))
        }
        Value::Date(_) => "a date".to_owned(),
        Value::Unstated => "a figure that is not given".to_owned(),
    }
}

fn role_of(rule: &Rule, role: usize) -> String {
    let role = &rule.roles[role];
    format!("`{}` ({})", role.name, role.written)
}

/// "a, b and c".
fn all_of(all: impl Iterator<Item = String>) -> String {
    let all: Vec<String> = all.collect();
    match &*all {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}
