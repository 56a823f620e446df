//! Random edits of what a sentence says of its figure, and random edits that leave that alone; and that no edit
//! hides what the bare article would be told of.

use crossfoot::claim::State;
use crossfoot::finding::Severity;
use crossfoot::source::Sources;
use crossfoot::{Checker, Rules};
use proptest::prelude::*;
use proptest::sample::{Index, select};

use super::stated::checked;
use super::{anchored, articles, recorded};
use crate::support::cases;

const UP: [&str; 8] =
    ["rose", "climbed", "jumped", "grew", "surged", "increased", "advanced", "soared"];
const DOWN: [&str; 8] =
    ["fell", "dropped", "slid", "shrank", "slumped", "decreased", "retreated", "plunged"];
const WHO: [&str; 6] = [
    "The price of the tickets",
    "Output at the mill",
    "Income in the valley",
    "The rent for a stall",
    "Traffic on the bridge",
    "The harvest",
];
const DAYS: [&str; 5] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday"];
const UNITS: [(&str, &str); 6] = [
    ("kilometres", "miles"),
    ("tonnes", "litres"),
    ("percent", "percentage points"),
    ("minutes", "hours"),
    ("million dollars", "billion dollars"),
    ("euros", "pounds"),
];
const NOUNS: [&str; 8] =
    ["libraries", "schools", "bridges", "nurses", "tractors", "villages", "boats", "letters"];
const DENIED: [(&str, &str); 5] = [
    ("paid", "did not pay"),
    ("has spent", "has not spent"),
    ("was given", "was never given"),
    ("can borrow", "cannot borrow"),
    ("managed to raise", "failed to raise"),
];
/// What becomes of people, along which side something is measured, before and after: only one can be meant.
const SORTS: [(&str, &str); 6] = [
    ("{} miners were killed", "{} miners were injured"),
    ("{} miners were killed", "{} miners were rescued"),
    ("Police arrested {} men", "Police released {} men"),
    ("The wall is {} feet high", "The wall is {} feet long"),
    ("The motion passed by {} votes", "The motion failed by {} votes"),
    ("The crews had left before 19{}", "The crews had left after 19{}"),
];
/// Two ways to say the same.
const ALIKE: [(&str, &str); 5] = [
    ("{} miners were killed", "{} miners died"),
    ("{} miners were injured", "{} miners were hurt"),
    ("The wall is {} feet high", "The wall has a height of {} feet"),
    ("The motion passed with {} votes", "The motion was carried with {} votes"),
    ("The ditch is {} feet wide", "The ditch is {} feet across"),
];
/// Sentences around the one in question.
const AROUND: [&str; 4] = [
    "Nobody at the table had an answer to that.",
    "It rained all day.",
    "The harbour was not built for such ships.",
    "Prices fell elsewhere.",
];

/// A sentence before and after a flip.
fn flipped() -> impl Strategy<Value = (String, String)> {
    let number = || 12_u32..980;
    let who = || select(&WHO[..]);
    let change = (who(), select(&UP[..]), select(&DOWN[..]), number(), any::<bool>()).prop_map(
        |(who, up, down, n, rises)| {
            let (a, b) = if rises { (up, down) } else { (down, up) };
            let sentence = |verb: &str| format!("{who} {verb} by {n} percent, the office said.");
            (sentence(a), sentence(b))
        },
    );
    let denial = (select(&DENIED[..]), number(), any::<bool>()).prop_map(|(pair, n, is_back)| {
        let sentence = |verb: &str| format!("The fund {verb} ${n} million for the dam.");
        let (a, b) = (sentence(pair.0), sentence(pair.1));
        if is_back { (b, a) } else { (a, b) }
    });
    let sign = (number(), any::<bool>()).prop_map(|(n, is_back)| {
        let sentence = |sign: &str| format!("The balance of the year stood at {sign}${n} million.");
        let (a, b) = (sentence("-"), sentence(""));
        if is_back { (b, a) } else { (a, b) }
    });
    let unit = (select(&UNITS[..]), number()).prop_map(|(pair, n)| {
        let sentence = |unit: &str| format!("The difference came to {n} {unit} in the end.");
        (sentence(pair.0), sentence(pair.1))
    });
    let day = (select(&DAYS[..]), select(&DAYS[..]), number())
        .prop_filter("another day", |(a, b, _)| a != b)
        .prop_map(|(a, b, n)| {
            let sentence = |day: &str| format!("The fund paid ${n} million on {day}.");
            (sentence(a), sentence(b))
        });
    let noun = (select(&NOUNS[..]), select(&NOUNS[..]), number())
        .prop_filter("another noun", |(a, b, _)| a != b)
        .prop_map(|(a, b, n)| {
            let sentence = |noun: &str| format!("In all, {n} {noun} were lost in the flood.");
            (sentence(a), sentence(b))
        });
    let sort = filled(&SORTS);
    prop_oneof![change, denial, sign, unit, day, noun, sort]
}

/// A pair of sentences with a number in both, either way round.
fn filled(pairs: &'static [(&str, &str)]) -> impl Strategy<Value = (String, String)> {
    (select(pairs), 12_u32..98, any::<bool>()).prop_map(|((a, b), n, is_back)| {
        let sentence = |words: &str| format!("{}.", words.replace("{}", &n.to_string()));
        let (a, b) = (sentence(a), sentence(b));
        if is_back { (b, a) } else { (a, b) }
    })
}

/// A sentence before and after an edit that leaves alone what it says of its figure.
fn reworded() -> impl Strategy<Value = (String, String)> {
    let change = (select(&WHO[..]), select(&UP[..]), select(&UP[..]), 12_u32..980).prop_map(
        |(who, a, b, n)| {
            let sentence = |verb: &str| format!("{who} {verb} by {n} percent, the office said.");
            (sentence(a), sentence(b))
        },
    );
    let order = (select(&WHO[..]), select(&DOWN[..]), 12_u32..980).prop_map(|(who, verb, n)| {
        let (first, rest) = who.split_at(1);
        let small = first.to_lowercase();
        (
            format!("{who} {verb} by {n} percent, the office said."),
            format!("The office said that {small}{rest} {verb} by {n} percent."),
        )
    });
    let more =
        (select(&DENIED[..]), 12_u32..980, any::<bool>()).prop_map(|(pair, n, is_denied)| {
            let verb = if is_denied { pair.1 } else { pair.0 };
            let sentence = |who: &str| format!("{who} {verb} ${n} million for the dam.");
            (sentence("The fund"), sentence("The big fund of the valley"))
        });
    let elsewhere = (select(&DENIED[..]), 12_u32..980).prop_map(|(pair, n)| {
        let sentence = |verb: &str| {
            format!("The fund {} ${n} million for the dam, but the town {verb} a share.", pair.0)
        };
        (sentence("wanted"), sentence("did not want"))
    });
    let noun = (select(&NOUNS[..]), 12_u32..980).prop_map(|(noun, n)| {
        (
            format!("In all, {n} {noun} were lost in the flood."),
            format!("The flood cost the county {n} old {noun} in all."),
        )
    });
    let alike = filled(&ALIKE);
    prop_oneof![change, order, more, elsewhere, noun, alike]
}

fn among(sentence: &str, before: &str, behind: &str) -> String {
    format!("{before} {sentence} {behind}\n")
}

/// The state of the claim of the one figure of a text.
fn state(before: &str, after: &str) -> (State, String) {
    let claims = recorded(before, None).text;
    let anchored = anchored(after, &claims);
    let claim = &anchored.file.claims.all()[0];
    (claim.state.unwrap(), claims)
}

proptest! {
    #![proptest_config(cases(2_000))]

    #[test]
    fn what_is_said_otherwise_is_always_a_changed_figure(
        (before, after) in flipped(),
        first in select(&AROUND[..]),
        last in select(&AROUND[..]),
    ) {
        let (state, claims) = state(&among(&before, first, last), &among(&after, first, last));
        prop_assert_eq!(state, State::Changed, "{} {}\n{}", before, after, claims);
    }

    #[test]
    fn what_says_the_same_is_never_a_changed_figure(
        (before, after) in reworded(),
        first in select(&AROUND[..]),
        last in select(&AROUND[..]),
        next in select(&AROUND[..]),
    ) {
        let (state, claims) = state(&among(&before, first, last), &among(&after, next, last));
        prop_assert!(
            matches!(state, State::Same | State::Moved | State::Reworded),
            "{}: {before} {after}\n{claims}", state.as_str()
        );
    }
}

/// An edit of an article at random.
#[derive(Clone, Debug)]
enum Edit {
    Digit(Index, u8),
    Words(Index, Index),
    Numbers(Index),
    Turn(Index),
    Cut(Index),
    Weekday(Index, Index),
}

fn edit() -> impl Strategy<Value = Edit> {
    let index = any::<Index>;
    prop_oneof![
        3 => (index(), 1_u8..10).prop_map(|(at, by)| Edit::Digit(at, by)),
        1 => (index(), index()).prop_map(|(a, b)| Edit::Words(a, b)),
        2 => index().prop_map(Edit::Numbers),
        2 => index().prop_map(Edit::Turn),
        1 => index().prop_map(Edit::Cut),
        1 => (index(), index()).prop_map(|(at, day)| Edit::Weekday(at, day)),
    ]
}

fn edited(text: &str, edit: &Edit) -> String {
    let words = |is: &dyn Fn(&str) -> bool| -> Vec<std::ops::Range<usize>> {
        let start = text.as_ptr() as usize;
        let all = text.split(|c: char| !c.is_alphanumeric() && c != ',').filter(|word| is(word));
        all.map(|word| {
            let at = word.as_ptr() as usize - start;
            at..at + word.len()
        })
        .collect()
    };
    let with = |at: &std::ops::Range<usize>, new: &str| {
        format!("{}{new}{}", &text[..at.start], &text[at.end..])
    };
    let exchanged = |a: &std::ops::Range<usize>, b: &std::ops::Range<usize>| {
        let (a, b) = if a.start < b.start { (a, b) } else { (b, a) };
        let (one, other) = (&text[a.clone()], &text[b.clone()]);
        let between = text.get(a.end..b.start).unwrap_or_default();
        format!("{}{other}{between}{one}{}", &text[..a.start], &text[b.end..])
    };
    let is_number = |word: &str| word.starts_with(|c: char| c.is_ascii_digit());
    match edit {
        Edit::Digit(at, by) => {
            let digits: Vec<usize> = text
                .bytes()
                .enumerate()
                .filter(|(_, b)| b.is_ascii_digit())
                .map(|(at, _)| at)
                .collect();
            if digits.is_empty() {
                return text.to_owned();
            }
            let at = *at.get(&digits);
            let digit = char::from(b'0' + (text.as_bytes()[at] - b'0' + by) % 10);
            with(&(at..at + 1), &digit.to_string())
        }
        Edit::Words(a, b) => {
            let all = words(&|word| 3 < word.len() && word.starts_with(|c: char| c.is_lowercase()));
            if all.is_empty() { text.to_owned() } else { exchanged(a.get(&all), b.get(&all)) }
        }
        Edit::Numbers(at) => {
            let all = words(&|word| is_number(word) && !word.ends_with(','));
            let pairs: Vec<_> = all.windows(2).collect();
            if pairs.is_empty() {
                return text.to_owned();
            }
            let pair = at.get(&pairs);
            exchanged(&pair[0], &pair[1])
        }
        Edit::Turn(at) => {
            let turned = |word: &str| {
                let up = UP.iter().position(|up| *up == word).map(|at| DOWN[at]);
                up.or_else(|| DOWN.iter().position(|down| *down == word).map(|at| UP[at]))
            };
            let all = words(&|word| turned(word).is_some());
            if all.is_empty() {
                return text.to_owned();
            }
            let at = at.get(&all);
            with(at, turned(&text[at.clone()]).unwrap())
        }
        Edit::Cut(at) => {
            let parts: Vec<&str> = text.split_inclusive("\n\n").collect();
            let cut = at.index(parts.len());
            let kept = parts.iter().enumerate().filter(|(at, _)| *at != cut);
            kept.map(|(_, part)| *part).collect()
        }
        Edit::Weekday(at, day) => {
            let all = words(&|word| DAYS.contains(&word));
            if all.is_empty() {
                text.to_owned()
            } else {
                with(at.get(&all), DAYS[day.index(DAYS.len())])
            }
        }
    }
}

proptest! {
    #![proptest_config(cases(200))]

    /// What the bare article is told of is told of beside its claims too.
    #[test]
    fn no_edit_hides_what_the_bare_article_is_told_of(
        article in any::<Index>(),
        edits in proptest::collection::vec(edit(), 1..3),
    ) {
        let all = articles();
        let (name, text) = article.get(&all);
        let after = edits.iter().fold(text.clone(), |text, one| edited(&text, one));
        // The day of publication is what the claims file says, whatever the edit did to it.
        let mut checker = Checker::new(&Rules::built_in());
        let mut texts = Sources::new();
        let id = texts.add("draft.md", &**text);
        if let Some(published) = checker.read(&texts, id).published() {
            checker = checker.published(published.day);
        }
        let bare = checker.article("draft.md", &*after);
        let beside = checked(text, &after);
        let matters = bare.findings.iter().filter(|finding| finding.severity != Severity::Note);
        for finding in matters {
            let own = finding.primary.span.range();
            let is_told = beside.findings.iter().filter(|one| one.rule == finding.rule).any(|one| {
                one.places().any(|place| {
                    beside.sources.get(place.source).name() == "draft.md"
                        && place.start < own.end
                        && own.start < place.end
                })
            });
            prop_assert!(is_told, "{name} {edits:?}: {}", finding.message);
        }
    }
}
