//! The checks that are part of the program rather than rule files.

use std::fmt;

use crate::severity::Severity;

/// Makes the checks of one table: the name of each in the code, its id, its level, and the defect in a line.
macro_rules! checks {
    ($($name:ident = $id:literal, $severity:ident, $summary:literal;)+) => {
        /// A check that is part of the program rather than a rule file. Those of broken input cannot be
        /// ignored.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum Check {
            $(#[doc = concat!("`", $id, "`.")] $name,)+
        }

        impl Check {
            /// Every check, sorted by id.
            pub const ALL: &[Self] = &[$(Self::$name,)+];

            /// Its id, as a finding gives it.
            pub const fn id(self) -> &'static str {
                match self { $(Self::$name => $id,)+ }
            }

            /// Its level.
            pub const fn severity(self) -> Severity {
                match self { $(Self::$name => Severity::$severity,)+ }
            }

            /// The defect in a line.
            pub const fn summary(self) -> &'static str {
                match self { $(Self::$name => $summary,)+ }
            }
        }
    };
}

checks! {
    AmbiguousQuote = "ambiguous-quote", Error, "a quote stands in the article more than once";
    ArticleMissing = "article-missing", Error, "a claims file names an article that cannot be read";
    Assertion = "assertion", Error, "a condition that a claims file asserts does not hold";
    ChangedFigure = "changed-figure", Error, "the article states another figure than when it was quoted";
    ClashingFigures = "clashing-figures", Error, "figures that cannot all be true, by several relations together";
    DiffersAcrossArticles = "differs-across-articles", Note, "articles give one fact two values; with `check --across` only";
    DimensionMismatch = "dimension-mismatch", Error, "figures of different dimensions are compared or added";
    DuplicateId = "duplicate-id", Error, "two claims of a file have one id";
    DuplicateRule = "duplicate-rule", Error, "two rules have one id";
    ExpiredIgnore = "expired-ignore", Warning, "a comment or a [[suppress]] whose last day is over";
    ForeignLanguage = "foreign-language", Warning, "an article in another language than English, which alone is read";
    GoneQuote = "gone-quote", Warning, "a quote does not stand in the article, nor anything like it";
    InternalError = "internal-error", Error, "a fault of the program in one text";
    InvalidDate = "invalid-date", Error, "a date that is none, or that can be read in two ways where it must not";
    InvalidExpression = "invalid-expression", Error, "an expression that cannot be used";
    InvalidId = "invalid-id", Error, "a name that cannot name a claim or a rule";
    InvalidLexicon = "invalid-lexicon", Error, "a table of words that cannot be used";
    InvalidLink = "invalid-link", Error, "a link of a rule that cannot be used";
    InvalidPath = "invalid-path", Error, "a folder that the configuration names and that is not there";
    InvalidRole = "invalid-role", Error, "a role that a rule cannot have";
    InvalidRounding = "invalid-rounding", Error, "a rounding step that is no number above zero";
    InvalidToml = "invalid-toml", Error, "a file that is not TOML";
    LowCoverage = "low-coverage", Error, "claims cover fewer figures of an article than are asked for";
    MendedFinding = "mended-finding", Warning, "a finding that the baseline knows and that is mended";
    MisquotedValue = "misquoted-value", Error, "a claim states another value than its quote";
    MissingKey = "missing-key", Error, "a key that is needed is left out";
    MissingReason = "missing-reason", Warning, "a comment or a [[suppress]] that does not say why a finding stands";
    MissingRole = "missing-role", Error, "a role that a rule needs is left out";
    MissingSource = "missing-source", Error, "a claim has no source, where one is asked for";
    MovedQuote = "moved-quote", Note, "a quote stands in another place of the article than it did";
    RewordedQuote = "reworded-quote", Warning, "the article words a claim otherwise than its quote";
    StaleAssert = "stale-assert", Note, "an assert over figures of which the article says something else now";
    SwallowedFigure = "swallowed-figure", Note, "a figure of which a dialect of Markdown makes something else";
    UndecidedFigures = "undecided-figures", Note, "figures that would take too many steps to decide together";
    UnknownClaim = "unknown-claim", Error, "an assert names a claim that is not there";
    UnknownIgnore = "unknown-ignore", Warning, "a comment that names a rule that does not exist";
    UnknownKey = "unknown-key", Error, "a key that means nothing where it stands";
    UnknownRole = "unknown-role", Error, "a role that the rule does not have";
    UnknownRule = "unknown-rule", Error, "a rule that does not exist";
    UnreadableFile = "unreadable-file", Error, "a file that was asked for and cannot be read";
    UnreadableIgnore = "unreadable-ignore", Warning, "a comment that is to silence a finding and is not understood";
    UnreadableValue = "unreadable-value", Error, "a value that is not understood";
    UnusedClaim = "unused-claim", Note, "a claim that nothing uses";
    UnusedExempt = "unused-exempt", Note, "an exemption whose words stand nowhere in the article";
    UnusedIgnore = "unused-ignore", Warning, "a comment or a [[suppress]] that silences nothing";
    UnwritableClaims = "unwritable-claims", Error, "a claims file that cannot be changed as it is written";
    WrongType = "wrong-type", Error, "a key that holds the wrong sort of value";
}

impl Check {
    /// The check with an id.
    pub fn find(id: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|check| check.id() == id)
    }
}

impl fmt::Display for Check {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.id())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_check_is_named_as_its_id() {
        for &check in Check::ALL {
            let mut id = String::new();
            for letter in format!("{check:?}").chars() {
                if letter.is_uppercase() && !id.is_empty() {
                    id.push('-');
                }
                id.extend(letter.to_lowercase());
            }
            assert_eq!(check.id(), id);
            assert_eq!(Check::find(&id), Some(check));
        }
    }
}
