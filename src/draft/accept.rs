//! What became of claims in an edited article, and the claims file that takes it over.

use std::cell::OnceCell;
use std::ops::Range;

use crate::claim::{Aspect, Claim, ClaimsFile, Otherwise, Quote, Sentences, State, Status, quotes};
use crate::draft::quote::{Teller, around, whole_words};
use crate::draft::value::written;
use crate::draft::write::{Edits, Unwritable};
use crate::figure::Figure;
use crate::lexicon::Lexicon;
use crate::mention::{Mention, find_mentions, parse_value, states_same};
use crate::reading::Reading;
use crate::source::{Span, one_line};
use crate::value::Value;

/// An edited article, as claims are taken over from it.
struct Edited<'a> {
    reading: &'a Reading<'a>,
    lexicon: &'a Lexicon,
    taken: &'a [Figure],
    /// Cut when first needed.
    sentences: OnceCell<Sentences>,
    teller: &'a Teller<'a>,
}

/// A claim that is not where or what it was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Drift {
    /// The claim's name.
    pub id: String,
    /// What became of it.
    pub state: State,
    /// The words that it quotes.
    pub was: String,
    /// The sentence that these stood in, where the claim keeps it.
    pub sentence: Option<String>,
    /// What the article says otherwise of its figure, beside the number.
    pub otherwise: Vec<Otherwise>,
    /// Its value, as written.
    pub value: String,
    /// Where it may stand now: one place, several where it is ambiguous, none where it is gone.
    pub now: Vec<Place>,
    /// Where its quote stands in the claims file.
    pub quoted_at: Span,
}

/// Where a claim may stand now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// Its words in the source.
    pub span: Span,
    /// What the claim would quote.
    pub quote: String,
    prefix: Option<String>,
    suffix: Option<String>,
    /// The sentence that it stands in, the row of a table.
    pub sentence: Option<String>,
    /// The value that it would have, where that is another one.
    pub value: Option<String>,
    /// Whether it is another one, which the words alone do not say.
    pub needs_value: bool,
    /// The paragraph, from 1.
    pub paragraph: usize,
}

/// What is to become of a claim that drifted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Decision {
    /// The article is right: its words and figure are taken over, from the place of this number.
    Accept(usize),
    /// The same, with a value that somebody wrote.
    Edit(String),
}

/// The claims of a file that drifted, in its order; they are anchored in the article that was read. `taken` are
/// the figures that relations of its prose take, where they say whether one of them is a fall.
pub fn drifts(file: &ClaimsFile, article: &Reading<'_>, taken: &[Figure]) -> Vec<Drift> {
    let teller = Teller::new(article);
    let article = Edited {
        reading: article,
        lexicon: article.lexicon(),
        taken,
        sentences: OnceCell::new(),
        teller: &teller,
    };
    let article = &article;
    let claims = file.claims.all().iter();
    claims.filter_map(|claim| drift(claim, article)).collect()
}

fn drift(claim: &Claim, article: &Edited<'_>) -> Option<Drift> {
    let state = claim.state.filter(|state| *state != State::Same)?;
    let quote = claim.quote.as_ref()?;
    if state == State::Gone && claim.is_gone {
        return None;
    }
    let now = match (state, &*claim.found) {
        (State::Changed, [figure, whole]) => {
            vec![article.place(claim, quote, &whole.prose, Some(&figure.prose))]
        }
        (_, places) => {
            places.iter().map(|place| article.place(claim, quote, &place.prose, None)).collect()
        }
    };
    Some(Drift {
        id: claim.id.clone(),
        state,
        was: quote.text.clone(),
        sentence: quote.sentence.clone(),
        otherwise: claim.otherwise.clone(),
        value: claim.figure.written.clone(),
        now,
        quoted_at: quote.span,
    })
}

impl Edited<'_> {
    /// The sentence at a byte of the prose, as a claim keeps it.
    fn sentence(&self, prose: usize) -> Option<String> {
        let document = self.reading.document();
        self.sentences.get_or_init(|| Sentences::new(document)).text(document, prose)
    }

    /// The figure that stands at some bytes of the prose.
    fn mention(&self, at: &Range<usize>) -> Option<&Mention> {
        let next = self.reading.mentions().partition_point(|mention| mention.range.end <= at.start);
        self.reading.mentions().get(next).filter(|mention| mention.range.start < at.end)
    }

    /// A place of a claim's words, with the figure there that is another one, if one is.
    fn place(
        &self,
        claim: &Claim,
        quote: &Quote,
        whole: &Range<usize>,
        other: Option<&Range<usize>>,
    ) -> Place {
        let prose = self.reading.prose();
        let changed = other.filter(|figure| self.is_own(claim, figure, whole));
        let value = changed.and_then(|figure| self.value(claim, figure));
        let own = other.cloned().or_else(|| {
            let own = claim.place.filter(|_| claim.found.len() == 1)?;
            let mentions = self.reading.mentions();
            let place = |mention: &Mention| self.reading.place(mention.range.clone());
            let at = mentions.partition_point(|mention| place(mention).start < own.start);
            let here = mentions[at..].iter().take_while(|m| place(m).start == own.start);
            let mention = { here }.find(|mention| place(mention) == own)?;
            Some(mention.range.clone())
        });
        let value = value
            .or_else(|| self.hedged_otherwise(claim, own.as_ref().filter(|_| other.is_none())?));
        let words = self.words_to_quote(claim, quote, whole, own.as_ref(), other.is_some());
        let text = one_line(&prose[words.clone()]);
        let (prefix, suffix) = self.told_apart(&words, &text, quote);
        let paragraph = self.reading.paragraph(words.start);
        let sentence = self.sentence(words.start).filter(|sentence| *sentence != text);
        Place {
            sentence,
            span: self.reading.place(words),
            quote: text,
            prefix,
            suffix,
            needs_value: changed.is_some() && value.is_none(),
            value,
            paragraph,
        }
    }

    /// The words that the claim would quote: the ones that were found, if they are more than a figure.
    fn words_to_quote(
        &self,
        claim: &Claim,
        quote: &Quote,
        whole: &Range<usize>,
        own: Option<&Range<usize>>,
        is_changed: bool,
    ) -> Range<usize> {
        let prose = self.reading.prose();
        let block = self.reading.document().block_at(whole.start);
        let block =
            self.reading.document().blocks().get(block).map_or(whole.clone(), |b| b.range.clone());
        let found = whole_words(prose, whole.clone(), &block);
        let is_figure_only = own == Some(whole);
        let was_more = quote.text.trim() != claim.figure.written.trim();
        if !(is_figure_only && was_more) {
            return found;
        }
        let at =
            self.reading.mentions().partition_point(|mention| mention.range.start < whole.start);
        let low = at
            .checked_sub(1)
            .map_or(block.start, |before| self.reading.mentions()[before].range.end);
        let high = self.reading.mentions()[at..]
            .iter()
            .find(|mention| whole.end <= mention.range.start)
            .map_or(block.end, |next| next.range.start);
        let room = low.max(block.start).min(whole.start)..high.min(block.end).max(whole.end);
        let wider = around(prose, whole.clone(), room, self.lexicon);
        let says_it = |own| quotes(prose, wider.clone(), own, &claim.figure.value, self.lexicon);
        if is_changed || own.is_none_or(says_it) { wider } else { found }
    }

    /// The words before and behind that a quote needs; those it has where they still fit.
    fn told_apart(
        &self,
        words: &Range<usize>,
        text: &str,
        quote: &Quote,
    ) -> (Option<String>, Option<String>) {
        let at = self.reading.folded().folded(words.start);
        let with = |prefix: &Option<String>, suffix: &Option<String>| Quote {
            text: text.to_owned(),
            span: quote.span,
            prefix: prefix.clone(),
            suffix: suffix.clone(),
            sentence: None,
        };
        let fits = |quote: &Quote| {
            let places = self.teller.fitting(quote);
            places.binary_search_by_key(&at, |place| place.start).is_ok()
        };
        let prefix = quote.prefix.clone().filter(|_| fits(&with(&quote.prefix, &None)));
        let suffix = quote.suffix.clone().filter(|_| fits(&with(&None, &quote.suffix)));
        if self.teller.fitting(&with(&prefix, &suffix)).len() == 1 {
            return (prefix, suffix);
        }
        let prose = self.reading.prose();
        let told = self.teller.told_apart(words);
        let of = |range: &Range<usize>| one_line(&prose[range.clone()]);
        (told.prefix.as_ref().map(of), told.suffix.as_ref().map(of))
    }

    /// Whether a figure that changed is the one that the claim is about, and not another of its words.
    fn is_own(&self, claim: &Claim, figure: &Range<usize>, whole: &Range<usize>) -> bool {
        let prose = self.reading.prose();
        let mentions = find_mentions(&prose[whole.clone()], self.lexicon);
        !mentions.iter().any(|mention| {
            let (start, end) = (whole.start + mention.range.start, whole.start + mention.range.end);
            let is_the_figure = start < figure.end && figure.start < end;
            !is_the_figure && states_same(&mention.value, &claim.figure.value)
        })
    }

    /// The value that a claim would have of a figure that is the same, but for its hedge or bound.
    fn hedged_otherwise(&self, claim: &Claim, figure: &Range<usize>) -> Option<String> {
        let differs = match (&self.mention(figure)?.value, &claim.figure.value) {
            (Value::Amount(now), Value::Amount(was)) => now.hedge != was.hedge,
            (Value::Date(now), Value::Date(was)) => {
                now.hedge != was.hedge || now.bound != was.bound
            }
            _ => false,
        };
        self.value(claim, figure).filter(|_| differs)
    }

    /// The value that a claim would have of a figure; `None` where its words alone do not say it.
    fn value(&self, claim: &Claim, figure: &Range<usize>) -> Option<String> {
        let text = one_line(&self.reading.prose()[figure.clone()]);
        let place = self.reading.place(figure.clone());
        let mut taken = self.taken.iter().filter(|taken| taken.span.meets(place)).peekable();
        let turns = |one: &Otherwise| matches!(one.aspect, Aspect::Direction | Aspect::Sign);
        let is_turned = claim.otherwise.iter().any(turns);
        let is_fall = match (taken.peek(), &claim.figure.value) {
            (Some(_), _) => taken.any(|taken| taken.is_fall),
            (None, Value::Amount(amount)) => !is_turned && amount.to.is_negative(),
            _ => false,
        };
        let value = match self.mention(figure).map(|mention| mention.value.clone()) {
            Some(Value::Amount(amount)) if is_fall && !amount.to.is_negative() => {
                Some(Value::Amount(amount.negated()))
            }
            value => value,
        };
        let words = value.and_then(|value| written(&value, &text, self.lexicon));
        words.or_else(|| parse_value(&text, self.lexicon).is_ok().then_some(text))
    }
}

impl Drift {
    /// Whether it can be accepted as it is, at the place of a number where it is ambiguous.
    ///
    /// # Errors
    /// What has to be said first.
    pub fn acceptable(&self, place: usize) -> Result<(), String> {
        match self.state {
            State::Ambiguous if place == usize::MAX => Err(format!(
                "`{}` stands in {} places; say which one is meant: `{}=1`",
                self.id,
                self.now.len(),
                self.id
            )),
            State::Ambiguous if self.now.len() <= place => Err(format!(
                "`{}` stands in {} places; there is no place {}",
                self.id,
                self.now.len(),
                place + 1
            )),
            State::Changed if self.now.first().is_some_and(|now| now.needs_value) => {
                Err(format!("`{}` needs a value: its figure is not understood by itself", self.id))
            }
            _ => Ok(()),
        }
    }
}

/// Takes over what became of a claim into its file.
fn decide(edits: &mut Edits<'_>, claim: &Claim, drift: &Drift, decision: &Decision) {
    let id = &*drift.id;
    let place = match decision {
        Decision::Accept(at) => drift.now.get(*at),
        Decision::Edit(_) => drift.now.first(),
    };
    if drift.state == State::Gone {
        if matches!(decision, Decision::Accept(_)) {
            edits.set(id, "gone", "true");
        }
    } else if let Some(place) = place {
        let quote = claim.quote.as_ref();
        if quote.is_none_or(|quote| one_line(&quote.text) != place.quote) {
            edits.set_text(id, "quote", &place.quote);
        }
        let around = [
            ("prefix", &place.prefix, quote.and_then(|quote| quote.prefix.as_ref())),
            ("suffix", &place.suffix, quote.and_then(|quote| quote.suffix.as_ref())),
            ("sentence", &place.sentence, quote.and_then(|quote| quote.sentence.as_ref())),
        ];
        // What a person wrote without its sentence is left so.
        let keeps = |key: &str, was: Option<&String>| {
            key != "sentence" || was.is_some() || claim.paragraph.is_some()
        };
        for (key, now, was) in around.into_iter().filter(|(key, _, was)| keeps(key, *was)) {
            match now {
                Some(words) if Some(words) != was => edits.set_text(id, key, words),
                None if was.is_some() => edits.unset(id, key),
                _ => {}
            }
        }
        if claim.paragraph.is_some() {
            edits.set(id, "paragraph", &place.paragraph.to_string());
        }
    }
    let value = match decision {
        Decision::Edit(value) => Some(value),
        Decision::Accept(_) => place.and_then(|place| place.value.as_ref()),
    };
    if let Some(value) = value.filter(|value| **value != claim.figure.written) {
        edits.set_text(id, "value", value);
        // Somebody verified another figure.
        if claim.status == Status::Verified {
            edits.set_text(id, "status", "unchecked");
        }
    }
}

/// A claims file that takes over what became of some of its claims.
///
/// # Errors
/// If the file cannot be changed.
pub fn decided(
    text: &str,
    file: &ClaimsFile,
    decisions: &[(&Drift, Decision)],
) -> Result<String, Unwritable> {
    let mut edits = Edits::new(text)?;
    for (drift, decision) in decisions {
        if let Some(at) = file.claims.find(&drift.id) {
            decide(&mut edits, file.claims.get(at), drift, decision);
        }
    }
    Ok(edits.finish())
}
