//! What a figure of an article is called: its subject, its measure, when it held, and its id.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use crate::claim::is_name;
use crate::lexicon::{Lexicon, bit, class};
use crate::mention::Mention;
use crate::value::{Kind, Value};

/// Words of a measure or a subject.
const MOST_WORDS: usize = 4;
/// Figures before one that it may be of the same as.
const MOST_BEFORE: usize = 3;
/// Letters of a sentence before a figure that are read for what it is of.
const NEAR: usize = 400;
/// Letters between two figures of one thing: ", or ".
const LONGEST_JOINT: usize = 12;
/// Letters of an id.
const LONGEST_ID: usize = 32;

/// What the words around a figure call it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Named {
    pub(super) subject: Option<String>,
    pub(super) measure: Option<String>,
    pub(super) when: Option<String>,
    /// The words to make an id of.
    pub(super) id: Option<String>,
}

/// A figure in its sentence.
#[derive(Clone, Copy)]
pub(super) struct Place<'a> {
    pub(super) prose: &'a str,
    pub(super) sentence: &'a Range<usize>,
    /// The figures of the sentence, itself among them, in order.
    pub(super) figures: &'a [Mention],
    /// Which of them it is.
    pub(super) own: usize,
}

impl Place<'_> {
    /// Where the words before the figure begin that are read.
    fn start(&self) -> usize {
        let own = self.figures[self.own].range.start;
        floor(self.prose, self.sentence.start.max(own.saturating_sub(NEAR))).min(own)
    }
}

/// The last byte up to one that a character begins with.
fn floor(text: &str, at: usize) -> usize {
    (0..=at).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0)
}

/// The words of an article that are written with a capital within a sentence: its names.
#[derive(Debug, Default)]
pub(super) struct Names<'a>(HashSet<&'a str>);

impl<'a> Names<'a> {
    /// Collects them.
    pub(super) fn new(prose: &'a str, sentences: &[Range<usize>], lexicon: &Lexicon) -> Self {
        let mut names = HashSet::new();
        for sentence in sentences {
            let all = prose[sentence.clone()].split_whitespace().skip(1);
            names.extend(all.filter_map(|word| {
                let word = bare(word);
                let is_name =
                    word.starts_with(char::is_uppercase) && lexicon.look_up(word).senses == 0;
                is_name.then_some(word)
            }));
        }
        Self(names)
    }

    /// Whether a word is one, with the ending of a possessive or without.
    pub(super) fn has(&self, word: &str) -> bool {
        self.0.contains(bare(word))
    }

    /// Those that the article never writes small.
    pub(super) fn without_common(mut self, prose: &'a str) -> Self {
        let small: HashSet<String> = prose
            .split(|c: char| !c.is_alphanumeric())
            .filter(|word| word.starts_with(char::is_lowercase))
            .map(str::to_lowercase)
            .collect();
        self.0.retain(|name| !small.contains(&name.to_lowercase()));
        self
    }
}

/// A word without marks around it and without the ending of a possessive.
fn bare(word: &str) -> &str {
    let word = word.trim_matches(|c: char| !c.is_alphanumeric());
    word.trim_end_matches("'s").trim_end_matches("’s")
}

/// Reads what the words around a figure call it.
pub(super) fn named(place: Place<'_>, names: &Names<'_>, lexicon: &Lexicon) -> Named {
    named_after(place, names, lexicon, MOST_BEFORE)
}

/// The same; so many figures before it may be asked what they are of.
fn named_after(place: Place<'_>, names: &Names<'_>, lexicon: &Lexicon, most: usize) -> Named {
    let own = &place.figures[place.own];
    let prose = place.prose;
    let earlier = place.own.checked_sub(1).map(|at| (at, &place.figures[at]));
    let gap = |earlier: &Mention| prose.get(earlier.range.end..own.range.start).unwrap_or("-");
    // "4.5 kilometers (2.8 miles)" is one figure twice.
    let earlier = earlier.filter(|_| most != 0);
    if let Some((at, earlier)) = earlier
        && gap(earlier).trim() == "("
        && own.counted.is_none()
    {
        return named_after(Place { own: at, ..place }, names, lexicon, most - 1);
    }
    let before =
        place.own.checked_sub(1).map_or(place.sentence.start, |at| place.figures[at].range.end);
    let after =
        place.figures.get(place.own + 1).map_or(place.sentence.end, |next| next.range.start);
    // What a comma parts from the figure says little of it.
    let marks = |c: char| matches!(c, ',' | ';' | ':' | '(' | ')' | '–' | '—');
    let left = &prose[before.min(own.range.start)..own.range.start];
    let is_cut = left.contains(marks);
    let left = words(left.rsplit(marks).find(|part| !part.trim().is_empty()).unwrap_or_default());
    let right = &prose[own.range.end..after.max(own.range.end)];
    let right = words(right.split(marks).next().unwrap_or_default());
    let means = |word: &str| {
        // "Last year's": the rest of a word is none.
        1 < word.len() && lexicon.look_up(word).senses & (bit::FUNCTION | bit::HEDGE) == 0
    };
    let counted = own.counted.clone().map(|noun| prose[noun].to_owned());
    let from_left: Vec<&str> = run(left.iter().rev().copied(), &means).into_iter().rev().collect();
    let from_right = run(right.iter().copied(), &means);
    let is_of = left.last().is_some_and(|word| lexicon.is(word, class::OF));
    let own_words = || -> Option<String> {
        // "The aid package of $290 million" names it better than what follows, a single verb does not.
        let is_named = is_of || 1 < from_left.len();
        let words = if is_named || from_right.is_empty() { &from_left } else { &from_right };
        (!words.is_empty()).then(|| words.join(" "))
    };
    let is_date = matches!(own.value, Value::Date(_));
    let of = is_of.then(&own_words).flatten();
    let is_share = right.first().is_some_and(|word| lexicon.is(word, class::OF));
    // "4 percent of the staff", "two of its 14 plants".
    let whole = is_share.then(|| {
        let next = place.figures.get(place.own + 1).filter(|_| from_right.is_empty());
        let counted = next.and_then(|next| Some(prose[next.counted.clone()?].to_owned()));
        counted.or_else(|| (!from_right.is_empty()).then(|| from_right.join(" ")))
    });
    let governed = || if is_date { None } else { governing(place, lexicon) };
    let kind = own.value.kind().map_or("figure", Kind::as_str);
    let is_thing = matches!(
        own.value.kind(),
        Some(Kind::Money | Kind::Percent | Kind::Quantity | Kind::Number | Kind::Multiple)
    );
    // "41, or 85 percent": of what the figure before is.
    let inherited = earlier.filter(|(_, earlier)| {
        let joint = words(gap(earlier));
        from_right.is_empty()
            && gap(earlier).len() <= LONGEST_JOINT
            && !is_date
            && !matches!(earlier.value, Value::Date(_))
            && joint.iter().all(|word| !means(word))
    });
    let inherited = || {
        let earlier = Place { own: inherited?.0, ..place };
        let measure = named_after(earlier, names, lexicon, most - 1).measure?;
        let per = match &own.value {
            Value::Amount(amount) => amount.unit.per.as_deref(),
            _ => None,
        };
        Some(per.map_or_else(|| measure.clone(), |per| format!("{measure} per {per}")))
    };
    // "Murders dropped to 377, shootings to 903".
    let is_verb = |word: &str| {
        lexicon.look_up(word).senses & bit::CHANGE != 0 || lexicon.is(word, class::STATE_VERB)
    };
    let is_apart = is_cut
        && left.first().is_some_and(|word| means(word))
        && !left.iter().any(|word| is_verb(word));
    let apart = || if is_apart && !is_date { own_words() } else { None };
    let behind = || if is_date { None } else { thing_behind(place, after, lexicon) };
    let direct =
        counted.or(of).or(whole.flatten()).or_else(apart).or_else(behind).or_else(governed);
    let from_before = if direct.is_none() { inherited() } else { None };
    // "Over four years" is no measure of what is spent in them.
    let measure = direct.or_else(|| from_before.clone().filter(|_| is_thing)).or_else(own_words);
    let when = if is_date { None } else { date_beside(place) };
    let subject = proper_name(place, names, lexicon);
    // What nothing beside it names is of what its sentence is about.
    let head = || {
        let sentence = place.sentence.clone();
        let end = floor(prose, sentence.end.min(sentence.start + NEAR));
        run(words(&prose[sentence.start..end]).into_iter(), &means).join(" ")
    };
    let id = measure.clone().or_else(|| match from_before.unwrap_or_else(head) {
        nothing if nothing.is_empty() => None,
        head if is_thing => Some(head),
        head => Some(format!("{head} {kind}")),
    });
    Named { subject, measure, when, id }
}

/// What stands right behind a figure and is what it is of: "its $1.7 billion security strategy", "a 50 percent
/// waiver", "$580,000 in funding".
fn thing_behind(place: Place<'_>, end: usize, lexicon: &Lexicon) -> Option<String> {
    let own = &place.figures[place.own];
    let before = place.prose[place.start()..own.range.start].split_whitespace().next_back();
    let behind =
        place.prose.get(own.range.end..end)?.split([',', ';', ':', '(', ')', '–', '—', '"', '“']);
    let behind = words(behind.into_iter().next()?);
    let means = |word: &str| {
        let senses = lexicon.look_up(word).senses;
        1 < word.len() && senses & (bit::FUNCTION | bit::HEDGE | bit::CHANGE) == 0
    };
    let is_level = |word: &str| {
        lexicon.is(word, class::STATE_VERB)
            || lexicon.is(word, class::AUXILIARY)
            || lexicon.is(word, class::SETS_AGAINST)
    };
    let before = before.unwrap_or_default();
    let is_led = lexicon.is(bare(before), class::DETERMINER)
        || lexicon.is(bare(before), class::DETERMINER_OF_ONE)
        || before.ends_with("'s")
        || before.ends_with("’s");
    let is_money = own.value.kind() == Some(Kind::Money);
    let rest = match behind.split_first()? {
        (first, _) if is_led && means(first) => &behind[..],
        (first, rest) if is_money && lexicon.is(first, class::IN) && !is_level(before) => {
            // "In Oslo" and "in recent years" are where and when.
            let thing = run_at_front(rest, &means);
            let is_small = |word: &&&str| word.starts_with(char::is_lowercase);
            let is_time = |word: &&str| lexicon.look_up(word).senses & bit::UNIT != 0;
            if thing.is_empty()
                || thing.iter().filter(is_small).count() == 0
                || thing.iter().any(is_time)
            {
                return None;
            }
            rest
        }
        _ => return None,
    };
    Some(run_at_front(rest, &means).join(" "))
}

/// The preposition that leads to what stands behind some words: "of", "in the".
fn joint_before(words: &[(&str, usize)], lexicon: &Lexicon) -> Option<usize> {
    let is = |at: usize, class| words.get(at).is_some_and(|(word, _)| lexicon.is(word, class));
    let mut at = words.len().checked_sub(1)?;
    if is(at, class::DETERMINER) {
        at = at.checked_sub(1)?;
    }
    (is(at, class::PREPOSITION) && !is(at, class::LIST_JOINT) && 0 < at).then_some(at)
}

/// The words at the front that say something.
fn run_at_front<'t>(words: &[&'t str], means: &dyn Fn(&str) -> bool) -> Vec<&'t str> {
    words.iter().copied().take_while(|word| means(word)).take(MOST_WORDS).collect()
}

/// What a figure behind the verb of its sentence is of: the words before the nearest verb of a change or a
/// state, with what tells the figure from a level of it.
fn governing(place: Place<'_>, lexicon: &Lexicon) -> Option<String> {
    let own = &place.figures[place.own];
    let start = place.start();
    let text = &place.prose[start..own.range.start];
    let is_figure = |at: usize| {
        let at = start + at;
        let next = place.figures.partition_point(|one| one.range.end <= at);
        place.figures.get(next).is_some_and(|one| one.range.start <= at)
    };
    let base = text.as_ptr() as usize;
    let all: Vec<(&str, usize)> = words(text)
        .into_iter()
        .map(|word| (word, word.as_ptr() as usize - base))
        .filter(|(_, at)| !is_figure(*at))
        .collect();
    let senses = |at: usize| lexicon.look_up(all[at].0).senses;
    let is_function = |at: usize| senses(at) & (bit::FUNCTION | bit::HEDGE) != 0;
    let is_change = |at: usize| senses(at) & bit::CHANGE != 0 && senses(at) & bit::FUNCTION == 0;
    let is_state = |at: usize| lexicon.is(all[at].0, class::STATE_VERB);
    let is_helper = |at: usize| lexicon.is(all[at].0, class::AUXILIARY);
    // "The cuts will save $90 million": whatever stands behind a helper is a verb.
    let is_helped = |at: usize| at + 1 == all.len() && !is_function(at) && is_helper(at - 1);
    let verbs = (1..all.len()).rev().filter(|&at| is_change(at) || is_state(at) || is_helped(at));
    let is_parted = |from: usize, to: usize| {
        text.get(from..to).is_some_and(|gap| gap.contains([',', ';', ':', '(', ')', '—', '–']))
    };
    for verb in verbs {
        let mut end = verb;
        while 0 < end && is_helper(end - 1) {
            end -= 1;
        }
        let run_to = |end: usize| {
            let mut first = end;
            while 0 < first
                && !is_function(first - 1)
                && end - first < MOST_WORDS
                && !(first < end && is_parted(all[first - 1].1, all[first].1))
            {
                first -= 1;
            }
            first
        };
        let first = run_to(end);
        if first == end || is_parted(all[end - 1].1, all[verb].1) {
            continue;
        }
        let joined = |words: &[(&str, usize)]| {
            words.iter().map(|(word, _)| *word).collect::<Vec<_>>().join(" ")
        };
        // "It raised its dividend by 5 cents": what the verb does something to.
        let has_object = verb + 2 < all.len() + 1
            && all.get(verb + 1).is_some_and(|(word, _)| lexicon.is(word, class::DETERMINER))
            && !is_state(verb);
        let object = || {
            let rest = &all[verb + 2..];
            let length = (0..rest.len()).take_while(|&at| !is_function(verb + 2 + at)).count();
            joined(&rest[..length.min(MOST_WORDS)])
        };
        let object = has_object.then(object).filter(|object| !object.is_empty());
        let is_change = |at: usize| is_change(at) || object.is_some();
        let noun = match (&object, is_change(verb) || is_state(verb)) {
            (Some(object), _) => object.clone(),
            (None, is_plain) => {
                // "The level of unemployment in the valley fell": what the others hang on.
                let (mut head, mut end) = (first, end);
                while let Some(joint) = joint_before(&all[..head], lexicon)
                    && !is_parted(all[joint].1, all[head].1)
                    && run_to(joint) < joint
                    && !is_parted(all[joint - 1].1, all[joint].1)
                    && !(run_to(joint)..joint).any(|at| is_change(at) || is_state(at))
                {
                    // "The price of oil" is one thing.
                    if !lexicon.is(all[joint].0, class::OF) {
                        end = joint;
                    }
                    head = run_to(joint);
                }
                let noun = joined(&all[head..end]);
                if is_plain { noun } else { format!("{noun} {}", all[verb].0) }
            }
        };
        return Some(match &own.value {
            Value::Amount(amount) if amount.unit.per.is_some() => {
                format!("{noun} per {}", amount.unit.per.as_deref().unwrap_or_default())
            }
            Value::Amount(amount) if amount.kind == Kind::Percent && is_change(verb) => {
                let is_level =
                    all.last().is_some_and(|(word, _)| lexicon.is(word, class::LEVEL_EDGE));
                if is_level { noun } else { format!("{noun} change") }
            }
            _ => noun,
        });
    }
    None
}

/// The words nearest to a figure that say something, up to one that does not.
fn run<'t>(words: impl Iterator<Item = &'t str>, means: &dyn Fn(&str) -> bool) -> Vec<&'t str> {
    words.skip_while(|word| !means(word)).take_while(|word| means(word)).take(MOST_WORDS).collect()
}

fn words(text: &str) -> Vec<&str> {
    text.split(|c: char| !(c.is_alphanumeric() || matches!(c, '\'' | '’' | '-' | '&')))
        .map(|word| word.trim_matches(['\'', '’', '-', '&']))
        .filter(|word| word.chars().any(char::is_alphabetic))
        .collect()
}

/// The last name before a figure in its sentence that may be the subject: one that no small word leads to, as
/// "by" and "in" do.
fn proper_name(place: Place<'_>, names: &Names<'_>, lexicon: &Lexicon) -> Option<String> {
    let own = &place.figures[place.own];
    let text = &place.prose[place.start()..own.range.start];
    let mut best: Option<String> = None;
    let mut name: Vec<&str> = Vec::new();
    // Whether what led to the name lets it be a subject.
    let mut is_subject = true;
    let (mut before, mut before_that) = (None, None);
    let mut is_behind_comma = false;
    let mut close = |name: &mut Vec<&str>, is_subject: bool, is_possessive: bool| {
        let is_short = name.len() <= MOST_WORDS;
        let is_known = 1 < name.len() || name.first().is_some_and(|word| names.0.contains(word));
        if !name.is_empty() && is_short && is_known && (is_subject || is_possessive) {
            best = Some(name.join(" "));
        }
        name.clear();
    };
    let mut all = text.split_whitespace().peekable();
    while let Some(word) = all.next() {
        let own = bare(word);
        let is_capital = own.chars().next().is_some_and(char::is_uppercase);
        let senses = lexicon.look_up(own).senses;
        let is_plain = senses == 0 && lexicon.symbol(own).is_empty();
        // "Corby High School": a word that is no name by itself goes on with one.
        let goes_on = !name.is_empty() && senses & (bit::FUNCTION | bit::MONTH | bit::WEEKDAY) == 0;
        let is_compound = is_compound_of_words(own);
        // "We're".
        let stem = own.split(['\'', '’']).next().unwrap_or_default();
        let is_small_word = lexicon.look_up(stem).senses & bit::FUNCTION != 0;
        // "Australian Capital Territory" begins with a word that is none by itself.
        let begins = senses & (bit::FUNCTION | bit::MONTH | bit::WEEKDAY) == 0
            && all.peek().is_some_and(|next| {
                next.starts_with(char::is_uppercase) && lexicon.look_up(bare(next)).senses == 0
            });
        let is_name = is_capital
            && (is_plain && !is_small_word || goes_on || begins)
            && !is_compound
            && !own.bytes().any(|byte| byte.is_ascii_digit());
        if is_name {
            if name.is_empty() {
                let is_the = before.is_some_and(|word| lexicon.is(word, class::THE));
                let leads = |word: &str| lexicon.is(word, class::PREPOSITION);
                let leading = if is_the { before_that } else { before };
                // "Of Harrow Lane, Corby": a place within a place.
                let is_within = is_behind_comma && !is_subject;
                // "The Job-ready Graduates package" is of no graduates.
                let is_cut = before.is_some_and(is_compound_of_words);
                is_subject = !leading.is_some_and(leads) && !is_within && !is_cut;
            }
            let is_possessive = word.contains(['\'', '’']);
            // "St Anne's NHS Trust" goes on.
            let goes_on = all.peek().is_some_and(|next| next.starts_with(char::is_uppercase));
            // Within a name, the ending of a possessive is part of it.
            let whole = word.trim_matches(|c: char| !c.is_alphanumeric());
            name.push(if goes_on { whole } else { own });
            // "MILLER: The fund" says who speaks.
            if word.ends_with(':') {
                name.clear();
            }
            if is_possessive && !goes_on || word.ends_with([',', ';', ')']) {
                close(&mut name, is_subject, is_possessive);
            }
        } else {
            close(&mut name, is_subject, false);
        }
        is_behind_comma = word.ends_with(',') && (is_name || is_behind_comma && own.is_empty());
        before_that = before;
        before = Some(own);
    }
    close(&mut name, is_subject, false);
    best
}

/// "Job-ready", but not "Jean-Luc".
fn is_compound_of_words(word: &str) -> bool {
    word.split('-').skip(1).any(|part| part.starts_with(char::is_lowercase))
}

/// The date that a figure is of: a month, a year or longer, a few words behind it, or before it where it is no
/// other figure's.
fn date_beside(place: Place<'_>) -> Option<String> {
    let own = &place.figures[place.own];
    let gap = |a: &Mention, b: &Mention| {
        let gap = place.prose.get(a.range.end..b.range.start).unwrap_or(";");
        !gap.contains([',', ';', ':', '(', ')', '"']) && gap.split_whitespace().count() <= 5
    };
    let date = |mention: &Mention| match &mention.value {
        Value::Date(date) if date.bound.is_none() && date.kind != Kind::Time => {
            match &*date.readings {
                [days] if days.first() != days.last() => Some(days.to_string()),
                _ => None,
            }
        }
        _ => None,
    };
    let is_date = |mention: &&Mention| matches!(mention.value, Value::Date(_));
    let after = place.figures.get(place.own + 1).filter(is_date);
    if let Some(after) = after.filter(|after| gap(own, after)) {
        // "Its $1.7 billion Security Strategy 2020" has the year for its name.
        let last = place.prose[own.range.end..after.range.start].split_whitespace().next_back();
        return date(after)
            .filter(|_| !last.is_some_and(|word| word.starts_with(char::is_uppercase)));
    }
    let at = place.own.checked_sub(1)?;
    let before = place.figures.get(at).filter(is_date).filter(|before| gap(before, own))?;
    let earlier = at.checked_sub(1).and_then(|at| place.figures.get(at));
    let is_others = earlier.is_some_and(|earlier| !is_date(&earlier) && gap(earlier, before));
    if is_others { None } else { date(before) }
}

/// Ids that are not taken.
#[derive(Debug, Default)]
pub(super) struct Ids {
    taken: HashSet<String>,
    /// For each stem, the number that was tried last.
    last: HashMap<String, u32>,
}

impl Ids {
    /// With those that are.
    pub(super) fn new(taken: impl Iterator<Item = String>) -> Self {
        Self { taken: taken.collect(), last: HashMap::new() }
    }

    /// A free id made of some words, or of what the figure is; of the same words, with the year that it is of.
    pub(super) fn free(&mut self, words: Option<&str>, year: Option<&str>, kind: &str) -> String {
        let stem = words.map(snake_case).filter(|id| is_name(id));
        let stem = stem.unwrap_or_else(|| snake_case(kind));
        let with_year = year.map(|year| format!("{stem}_{year}"));
        if let Some(id) = with_year.filter(|_| self.taken.contains(&stem))
            && self.taken.insert(id.clone())
        {
            return id;
        }
        let last = self.last.entry(stem.clone()).or_default();
        loop {
            *last += 1;
            let id = if *last == 1 { stem.clone() } else { format!("{stem}_{last}") };
            if self.taken.insert(id.clone()) {
                return id;
            }
        }
    }
}

/// Words in small letters with underscores between them.
fn snake_case(words: &str) -> String {
    let mut id = String::new();
    let words = words.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    let words: Vec<String> = words.map(str::to_ascii_lowercase).collect();
    // What it is of stands last: "employment rate" of "undergraduate full-time employment rate".
    let mut first = words.len();
    let mut length = 0;
    while 0 < first && (first == words.len() || length + words[first - 1].len() < LONGEST_ID) {
        first -= 1;
        length += words[first].len() + 1;
    }
    id.push_str(&words[first..].join("_"));
    id.trim_start_matches(|c: char| !c.is_ascii_lowercase()).to_owned()
}
