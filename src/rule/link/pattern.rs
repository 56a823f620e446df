//! The text of a link, read: "{total} over {span} … (amounts to | comes to) … {rate}".

use crate::lexicon::{Lexicon, fold, mark};
use crate::rule::Role;
use crate::rule::link::Sorts;
use crate::shape::closest;

/// A piece of a link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// A word, folded.
    Word(Box<str>),
    /// A mark: a comma, a bracket.
    Mark(char),
    /// A figure.
    Figure(Slot),
    /// Up to so many words, marks, and figures that fit no role.
    Gap(u8),
    /// Up to so many words, marks and figures of any sort.
    Anything(u8),
    /// Up to so many words and apostrophes.
    Words(u8),
    /// Any word.
    AnyWord,
    /// The token before is none of these words.
    NotAfter(Vec<Box<str>>),
    /// The token behind is none of these words.
    NotBefore(Vec<Box<str>>),
    /// The beginning of a sentence.
    Start,
    /// The end of a sentence.
    End,
    /// One of these.
    Either(Vec<Vec<Piece>>),
    /// A phrase of this class of the lexicon.
    Class(Box<str>),
    /// This or nothing.
    Maybe(Vec<Piece>),
    /// This, again and again, or nothing.
    Many(Vec<Piece>),
}

/// A place for a figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Slot {
    /// The role it fills; `None` for a figure that must be there and plays no part.
    pub role: Option<usize>,
    /// How the figure is taken.
    pub aspect: Aspect,
    /// It is one of these.
    pub any: Sorts,
    /// It is all of these.
    pub all: Sorts,
    /// It is none of these.
    pub none: Sorts,
}

impl Slot {
    /// Whether a figure of these sorts fits.
    pub fn takes(self, sorts: Sorts) -> bool {
        sorts.meets(self.any) && sorts.has_all(self.all) && !sorts.meets(self.none)
    }
}

/// How a link takes a figure.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Aspect {
    /// As it stands.
    #[default]
    Stated,
    /// With the other sign: a fall.
    Negated,
    /// A temperature as a difference of two.
    Difference,
    /// A number as percentage points: "up 3 points".
    Points,
    /// A number as so many percentage points less.
    PointsDown,
    /// A number in percent: "48 percent to 41".
    Percent,
    /// The lower end of a range.
    Low,
    /// The upper end.
    High,
    /// A number in years: the 48 of "died at 48".
    Years,
    /// A time of day as the time since midnight.
    Clock,
    /// A date as the time that it lasts.
    Length,
    /// Money as the number that stands there.
    Number,
    /// Money without what it is for each of.
    Unrated,
}

/// What is wrong with a link's text, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PatternError {
    /// What is wrong.
    pub message: String,
    /// The bytes it is about.
    pub range: std::ops::Range<usize>,
    /// A way on.
    pub hint: Option<String>,
}

/// Tokens that a gap passes at most, where the link does not say.
pub(super) const LONGEST_GAP: u8 = 30;

/// Reads the text of a link over a rule's roles and the lexicon's phrase classes.
///
/// # Errors
/// The first thing that is wrong, with its place.
pub fn read(text: &str, roles: &[Role], lexicon: &Lexicon) -> Result<Vec<Piece>, PatternError> {
    let pieces = read_part(text, roles, lexicon)?;
    match (0..roles.len()).find(|&role| !fills(&pieces, role)) {
        Some(missing) => {
            let message = format!("this link leaves out the role `{}`", roles[missing].name);
            Err(PatternError { message, range: 0..text.len(), hint: None })
        }
        None => Ok(pieces),
    }
}

/// Reads a pattern that need not have all roles of its rule.
///
/// # Errors
/// The first thing that is wrong, with its place.
pub fn read_part(
    text: &str,
    roles: &[Role],
    lexicon: &Lexicon,
) -> Result<Vec<Piece>, PatternError> {
    let mut reader = Reader { text, at: 0, roles, lexicon, depth: 0 };
    let pieces = reader.sequence()?;
    reader.space();
    if reader.at < text.len() {
        return Err(reader.error("this parenthesis opens nowhere", reader.at..reader.at + 1));
    }
    Ok(pieces)
}

/// Reads a role in braces, as a frame names it: "{before}", "{-change:percent|fraction&!rate}".
///
/// # Errors
/// What is wrong with it, with its place.
pub fn read_slot(text: &str, roles: &[Role], lexicon: &Lexicon) -> Result<Slot, PatternError> {
    let mut reader = Reader { text, at: 0, roles, lexicon, depth: 0 };
    let whole = 0..text.len();
    if !text.starts_with('{') {
        let mut error = reader.error("a frame names a role in braces", whole);
        error.hint = Some("as in \"{before}\"".to_owned());
        return Err(error);
    }
    let slot = reader.slot()?;
    match slot.role {
        Some(_) if reader.at == text.len() => Ok(slot),
        Some(_) => Err(reader.error("one role, and nothing behind it", reader.at..text.len())),
        None => Err(reader.error("a frame names a role", whole)),
    }
}

/// Whether a pattern has a slot for a role.
pub fn fills(pieces: &[Piece], role: usize) -> bool {
    pieces.iter().any(|piece| match piece {
        Piece::Figure(slot) => slot.role == Some(role),
        Piece::Either(all) => all.iter().any(|one| fills(one, role)),
        Piece::Maybe(inner) | Piece::Many(inner) => fills(inner, role),
        _ => false,
    })
}

struct Reader<'r> {
    text: &'r str,
    at: usize,
    roles: &'r [Role],
    lexicon: &'r Lexicon,
    depth: usize,
}

/// Parentheses within parentheses.
const DEEPEST: usize = 8;

impl<'r> Reader<'r> {
    fn error(&self, message: impl Into<String>, range: std::ops::Range<usize>) -> PatternError {
        let range = range.start..range.end.min(self.text.len());
        PatternError { message: message.into(), range, hint: None }
    }

    fn rest(&self) -> &'r str {
        &self.text[self.at..]
    }

    fn space(&mut self) {
        self.at = self.text.len() - self.rest().trim_start().len();
    }

    fn eat(&mut self, prefix: &str) -> bool {
        let found = self.rest().starts_with(prefix);
        if found {
            self.at += prefix.len();
        }
        found
    }

    /// How many tokens a gap passes.
    fn length(&mut self) -> Result<u8, PatternError> {
        let rest = self.rest();
        let length = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
        if length == 0 {
            return Ok(LONGEST_GAP);
        }
        let start = self.at;
        self.at += length;
        let message = format!("a gap is of at most {} tokens", u8::MAX);
        rest[..length].parse().map_err(|_| self.error(message, start..self.at))
    }

    /// Pieces up to the end, a bar or a closing parenthesis.
    fn sequence(&mut self) -> Result<Vec<Piece>, PatternError> {
        let mut pieces = Vec::new();
        loop {
            self.space();
            let Some(first) = self.rest().chars().next() else { break };
            let start = self.at;
            match first {
                '|' | ')' => break,
                '(' => {
                    self.at += 1;
                    pieces.push(self.group(start)?);
                }
                '{' => pieces.push(Piece::Figure(self.slot()?)),
                '<' => pieces.push(self.class()?),
                '"' => pieces.extend(self.marks()?),
                '…' => {
                    self.at += '…'.len_utf8();
                    let any = self.eat("*");
                    let most = self.length()?;
                    pieces.push(if any { Piece::Anything(most) } else { Piece::Gap(most) });
                }
                '.' if self.rest().starts_with("..") => {
                    self.at += 2;
                    pieces.push(Piece::Words(self.length()?));
                }
                '[' => pieces.push(self.neighbour()?),
                '_' => {
                    self.at += 1;
                    pieces.push(Piece::AnyWord);
                }
                '^' => {
                    self.at += 1;
                    pieces.push(Piece::Start);
                }
                '$' => {
                    self.at += 1;
                    pieces.push(Piece::End);
                }
                c if c.is_alphabetic() => {
                    let length = self.rest().find(|c: char| !c.is_alphabetic());
                    let word = &self.rest()[..length.unwrap_or(self.rest().len())];
                    self.at += word.len();
                    pieces.push(Piece::Word(folded(word)));
                }
                ',' | ':' | ';' | '-' | '—' | '–' | '/' | '%' | '\'' | '’' | '=' | '.' => {
                    self.at += first.len_utf8();
                    pieces.push(Piece::Mark(mark(first)));
                }
                other => {
                    let mut error = self.error(
                        format!("`{other}` means nothing in a link"),
                        start..start + other.len_utf8(),
                    );
                    error.hint = Some("a mark is written in quotation marks: \"(\"".to_owned());
                    return Err(error);
                }
            }
            if let Some(last) = pieces.last_mut() {
                let repeated = |last: &mut Piece| vec![std::mem::replace(last, Piece::AnyWord)];
                if self.eat("?") {
                    *last = Piece::Maybe(unwrapped(repeated(last)));
                } else if self.eat("*") {
                    *last = Piece::Many(unwrapped(repeated(last)));
                }
            }
        }
        Ok(pieces)
    }

    fn group(&mut self, start: usize) -> Result<Piece, PatternError> {
        self.depth += 1;
        if DEEPEST < self.depth {
            return Err(self.error("parentheses are nested too deeply", start..start + 1));
        }
        let mut all = vec![self.sequence()?];
        while self.eat("|") {
            all.push(self.sequence()?);
        }
        if !self.eat(")") {
            return Err(self.error("this parenthesis is not closed", start..start + 1));
        }
        self.depth -= 1;
        Ok(Piece::Either(all))
    }

    /// "{rate}", "{-change}", "{~rise}", "{%lead:bare}", "{<low:range}", "{total:money|count}", "{span:duration&!hedged}", "{:date}".
    fn slot(&mut self) -> Result<Slot, PatternError> {
        let start = self.at;
        let Some(length) = self.rest().find('}') else {
            return Err(self.error("this brace is not closed", start..start + 1));
        };
        let inner = &self.rest()[1..length];
        self.at += length + 1;
        let whole = start..self.at;
        let aspects = [
            ("-%", Aspect::PointsDown),
            ("%", Aspect::Points),
            ("-", Aspect::Negated),
            ("~", Aspect::Difference),
            ("<", Aspect::Low),
            (">", Aspect::High),
            ("@", Aspect::Clock),
            ("#", Aspect::Length),
            ("=", Aspect::Number),
            ("/", Aspect::Unrated),
        ];
        let (aspect, name) = aspects
            .into_iter()
            .find_map(|(sign, aspect)| Some((aspect, inner.strip_prefix(sign)?)))
            .unwrap_or((Aspect::Stated, inner));
        let (name, sorts) = match name.split_once(':') {
            Some((name, sorts)) => (name.trim(), Some(sorts)),
            None => (name.trim(), None),
        };
        let role = self.roles.iter().position(|role| role.name == name);
        let (role, own) = match role {
            Some(index) => {
                let role = &self.roles[index];
                (Some(index), Sorts::of_role(role.kind, &role.written))
            }
            None if name.is_empty() && sorts.is_some() => (None, Sorts::NONE),
            None => {
                let mut error = self.error(format!("this rule has no role `{name}`"), whole);
                let names = self.roles.iter().map(|role| &*role.name);
                error.hint = closest(name, names).map(|near| format!("did you mean `{near}`?"));
                return Err(error);
            }
        };
        let kind = role.map(|role| &*self.roles[role].written);
        let aspect = match (aspect, kind) {
            (Aspect::Points, Some("percent")) => Aspect::Percent,
            (Aspect::Points, Some("duration")) => Aspect::Years,
            (aspect, _) => aspect,
        };
        let mut slot = Slot { role, aspect, any: own, all: Sorts::NONE, none: Sorts::NONE };
        for part in sorts.into_iter().flat_map(|sorts| sorts.split('&')) {
            let mut any = Sorts::NONE;
            let (none, part) = match part.trim().strip_prefix('!') {
                Some(rest) => (true, rest),
                None => (false, part.trim()),
            };
            for word in part.split('|') {
                let Some(sort) = Sorts::of_word(word.trim()) else {
                    let mut error =
                        self.error(format!("`{}` is no sort of figure", word.trim()), whole);
                    error.hint = closest(word.trim(), Sorts::words())
                        .map(|near| format!("did you mean `{near}`?"));
                    return Err(error);
                };
                any = any.or(sort);
            }
            match () {
                () if none => slot.none = slot.none.or(any),
                () if Sorts::ATTRIBUTES.has_all(any) && !part.contains('|') => {
                    slot.all = slot.all.or(any);
                    if slot.any == Sorts::NONE {
                        slot.any = any;
                    }
                }
                () => slot.any = any,
            }
        }
        Ok(slot)
    }

    /// "[not after by | of]": what must not stand beside.
    fn neighbour(&mut self) -> Result<Piece, PatternError> {
        let start = self.at;
        let Some(length) = self.rest().find(']') else {
            return Err(self.error("this bracket is not closed", start..start + 1));
        };
        let inner = self.rest()[1..length].trim();
        self.at += length + 1;
        let range = start..self.at;
        // Only what is one word can be the one beside.
        let refused = |message: String| {
            let mut error = self.error(message, range.clone());
            error.hint = Some("phrases of more words go into `unless`".to_owned());
            error
        };
        let is_word = |word: &str| !word.is_empty() && !word.contains(char::is_whitespace);
        let words = |list: &str| {
            let mut all = Vec::new();
            for word in list.split('|').map(str::trim) {
                match word.strip_prefix('<').and_then(|word| word.strip_suffix('>')).map(str::trim)
                {
                    Some(name) => {
                        let known = all.len();
                        let phrases = self.phrases(name, range.clone())?.iter();
                        all.extend(phrases.map(|phrase| phrase.trim()).filter(|p| is_word(p)));
                        if all.len() == known {
                            return Err(refused(format!("no phrase of `{name}` is one word")));
                        }
                    }
                    None if is_word(word) => all.push(word),
                    None => {
                        return Err(refused("what must not stand beside is one word".to_owned()));
                    }
                }
            }
            Ok(all.into_iter().map(folded).collect())
        };
        if let Some(list) = inner.strip_prefix("not after ") {
            return words(list).map(Piece::NotAfter);
        }
        if let Some(list) = inner.strip_prefix("not before ") {
            return words(list).map(Piece::NotBefore);
        }
        let mut error = self.error("brackets say what must not stand beside", start..self.at);
        error.hint = Some("as in [not after by | of] or [not before of]".to_owned());
        Err(error)
    }

    /// "<rise>": a class of phrases of the lexicon.
    fn class(&mut self) -> Result<Piece, PatternError> {
        let start = self.at;
        let Some(length) = self.rest().find('>') else {
            return Err(self.error("this `<` is not closed", start..start + 1));
        };
        let name = self.rest()[1..length].trim();
        self.at += length + 1;
        self.phrases(name, start..self.at)?;
        Ok(Piece::Class(name.into()))
    }

    /// The phrases of a class that is named in these bytes.
    fn phrases(
        &self,
        name: &str,
        range: std::ops::Range<usize>,
    ) -> Result<&'r [String], PatternError> {
        self.lexicon.phrase_class(name).ok_or_else(|| {
            let mut error = self.error(format!("there are no phrases `{name}`"), range);
            error.hint = closest(name, self.lexicon.phrase_classes())
                .map(|near| format!("did you mean `{near}`?"));
            error
        })
    }

    /// Marks in quotation marks, each by itself.
    fn marks(&mut self) -> Result<Vec<Piece>, PatternError> {
        let start = self.at;
        let Some(length) = self.rest()[1..].find('"') else {
            return Err(self.error("this quotation mark is not closed", start..start + 1));
        };
        let inner = &self.rest()[1..=length];
        self.at += length + 2;
        let marks = inner.chars().filter(|c| !c.is_whitespace());
        Ok(marks.map(|c| Piece::Mark(mark(c))).collect())
    }
}

fn folded(word: &str) -> Box<str> {
    let mut folded = String::new();
    fold(word, &mut folded);
    folded.into()
}

/// A group of one sequence is that sequence.
fn unwrapped(mut pieces: Vec<Piece>) -> Vec<Piece> {
    match pieces.pop() {
        Some(Piece::Either(mut all)) if all.len() == 1 => all.pop().unwrap_or_default(),
        Some(piece) => vec![piece],
        None => pieces,
    }
}
