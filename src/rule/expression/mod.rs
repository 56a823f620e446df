//! The language in which rules and assertions say what must hold.

mod check;
mod evaluate;
mod narrow;
mod parse;
mod settle;
mod tree;

use std::ops::Range;

use jiff::civil::Weekday;

pub use check::check_expression;
pub use evaluate::{
    Scope, Setting, counting_error, counts_by_calendar, evaluate, literal, merge_time, mixes_time,
    satisfiable,
};
pub use narrow::narrow;
pub use parse::{parse_condition, parse_expression};
pub use settle::{settled, settled_expression};

pub use crate::rule::kind::Type;
use crate::value::Value;

/// Something wrong with an expression, and where in its text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExpressionError {
    /// What is wrong.
    pub message: String,
    /// The bytes of the expression it is about.
    pub range: Range<usize>,
    /// A way on.
    pub hint: Option<String>,
    /// Whether it is sound as written, but its figures measure what cannot be compared or added.
    pub is_mismatch: bool,
}

impl ExpressionError {
    /// An error in how an expression is written.
    pub(in crate::rule) fn new(message: impl Into<String>, range: Range<usize>) -> Self {
        Self { message: message.into(), range, hint: None, is_mismatch: false }
    }
}

/// What must hold.
#[derive(Clone, Debug)]
pub enum Condition {
    /// Two expressions compared.
    Compare(Comparison, Expression, Expression),
    /// Every value of a list can be the same.
    Agree(Expression),
    /// A date falls on a weekday, or does not.
    Weekday(Expression, Weekday, bool),
    /// The time from one date to another, counted in the unit of a duration, may be that duration.
    Lasts(Expression, Expression, Expression),
    /// A percentage change was written in percentage points.
    InPoints(Expression),
    /// A date has one reading only.
    OneReading(Expression),
    /// A date falls on the weekday that is written beside it.
    OnItsWeekday(Expression),
    /// A date is in the calendar.
    InCalendar(Expression),
    /// Some count out of so many is that share of them.
    CountOf(Expression, Expression),
    /// The first figure has about as many digits as the second, and no more.
    NoFiner(Expression, Expression),
    /// Both ends of a range were written with their scale word.
    OwnScale(Expression),
    /// Both hold.
    And(Box<Condition>, Box<Condition>),
    /// One of them holds.
    Or(Box<Condition>, Box<Condition>),
}

/// How two expressions are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Comparison {
    /// The same.
    Equal,
    /// Not the same.
    NotEqual,
    /// Less, or on dates earlier.
    Less,
    /// Less or equal.
    AtMost,
    /// More, or on dates later.
    More,
    /// More or equal.
    AtLeast,
    /// Some day of the first is a day of the second.
    Within,
}

impl Comparison {
    /// The sign it is written with.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Equal => "=",
            Self::NotEqual => "≠",
            Self::Less => "<",
            Self::AtMost => "≤",
            Self::More => ">",
            Self::AtLeast => "≥",
            Self::Within => "within",
        }
    }
}

/// A number, a date, or a list of them, with its place in the text.
#[derive(Clone, Debug)]
pub struct Expression {
    /// What it is.
    pub node: Node,
    /// Where it stands.
    pub range: Range<usize>,
}

/// What an expression is.
#[derive(Clone, Debug)]
pub enum Node {
    /// A role, by its index among the names that were given to the parser.
    Role(usize),
    /// The day of publication.
    Published,
    /// A figure or date as written; in an expression it means exactly what it states.
    Literal(Box<Value>),
    /// The same below zero.
    Negated(Box<Expression>),
    /// Two expressions joined.
    Binary(Operator, Box<Expression>, Box<Expression>),
    /// A function of a list, or of several expressions.
    Fold(Fold, Vec<Expression>),
    /// The time from one date to another.
    Elapsed(Elapsed, Box<Expression>, Box<Expression>),
    /// A date with a length of time added to it, or taken from it.
    Moved(Operator, Box<Expression>, Box<Expression>),
    /// Where a date that runs from one day to another begins or ends, as finely as it is written.
    Edge(Edge, Box<Expression>),
    /// The difference of two percentages, in percentage points.
    Points(Box<Expression>, Box<Expression>),
    /// A number of percentage points as a share, or a share as points: the same number.
    AsShare(Box<Expression>),
}

/// What joins two expressions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operator {
    /// Plus.
    Add,
    /// Minus.
    Subtract,
    /// Times.
    Multiply,
    /// Divided by.
    Divide,
}

impl Operator {
    /// The sign that arithmetic is printed with.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Add => "+",
            Self::Subtract => "−",
            Self::Multiply => "×",
            Self::Divide => "÷",
        }
    }
}

/// A function of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fold {
    /// All added up.
    Sum,
    /// How many there are.
    Count,
    /// The least.
    Min,
    /// The greatest.
    Max,
}

/// An end of a range of dates.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Edge {
    /// Its beginning.
    Start,
    /// Its end.
    End,
}

/// What the time between two dates is counted in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Elapsed {
    /// Days.
    Days,
    /// Calendar months, as years.
    Years,
}

impl Condition {
    /// Every expression that stands directly in the condition.
    pub fn expressions(&self) -> Vec<&Expression> {
        match self {
            Self::Compare(_, a, b) | Self::CountOf(a, b) | Self::NoFiner(a, b) => vec![a, b],
            Self::Lasts(a, b, c) => vec![a, b, c],
            Self::Agree(a)
            | Self::Weekday(a, _, _)
            | Self::InPoints(a)
            | Self::OneReading(a)
            | Self::OnItsWeekday(a)
            | Self::InCalendar(a)
            | Self::OwnScale(a) => vec![a],
            Self::And(a, b) | Self::Or(a, b) => {
                let mut all = a.expressions();
                all.extend(b.expressions());
                all
            }
        }
    }
}

impl Expression {
    /// The expressions directly below this one.
    pub fn children(&self) -> Vec<&Self> {
        match &self.node {
            Node::Role(_) | Node::Published | Node::Literal(_) => Vec::new(),
            Node::Negated(a) | Node::AsShare(a) | Node::Edge(_, a) => vec![a],
            Node::Binary(_, a, b)
            | Node::Moved(_, a, b)
            | Node::Elapsed(_, a, b)
            | Node::Points(a, b) => vec![a, b],
            Node::Fold(_, all) => all.iter().collect(),
        }
    }

    /// Calls `see` with this expression and everything below it.
    pub fn walk<'e>(&'e self, see: &mut impl FnMut(&'e Self)) {
        see(self);
        for child in self.children() {
            child.walk(see);
        }
    }

    /// Whether it adds or subtracts figures, so that it is of their sort.
    pub fn is_sum(&self) -> bool {
        match &self.node {
            Node::Binary(Operator::Add | Operator::Subtract, a, b) => {
                [a, b].iter().all(|side| matches!(side.node, Node::Role(_)) || side.is_sum())
            }
            Node::Fold(Fold::Sum, _) => true,
            Node::Negated(inner) => inner.is_sum(),
            _ => false,
        }
    }

    /// Whether it is one name or one figure, with nothing to compute.
    pub fn is_atom(&self) -> bool {
        matches!(self.node, Node::Role(_) | Node::Published | Node::Literal(_))
    }
}
