//! From text to expressions: a precedence climber whose literals are read by the grammar of prose.

use std::ops::Range;

use jiff::civil::Weekday;

use crate::lexicon::{Lexicon, Sense};
use crate::mention::{literal_prefix, parse_value};
use crate::rule::expression::tree::{balanced, joined};
use crate::rule::expression::{
    Comparison, Condition, Edge, Elapsed, Expression, ExpressionError, Fold, Node, Operator,
};
use crate::shape::closest;
use crate::value::{Rational, Unit, Value};

/// How deep parentheses and functions may nest, and how many factors a product may have; more is not an
/// expression that anybody wrote.
const DEEPEST: usize = 64;
/// How high the tree of an expression may be, for walking it takes stack.
const HIGHEST: usize = 256;
/// Figures and names that one expression or condition may have. What programs write is far below it.
const MOST_OPERANDS: usize = 250_000;

const FUNCTIONS: [&str; 25] = [
    "after",
    "agree",
    "before",
    "count",
    "days",
    "count_of",
    "end",
    "in_calendar",
    "in_points",
    "no_finer",
    "own_scale",
    "lasts",
    "max",
    "min",
    "on_its_weekday",
    "one_reading",
    "overlaps",
    "percent_change",
    "points",
    "share",
    "start",
    "sum",
    "weekday",
    "within",
    "years",
];

/// Reads a condition over named roles.
///
/// # Errors
/// The first thing that is wrong, with its place in the text.
pub fn parse_condition(
    text: &str,
    names: &mut Names<'_>,
    lexicon: &Lexicon,
) -> Result<Condition, ExpressionError> {
    let mut parser = Parser::new(text, names, lexicon);
    let condition = parser.disjunction()?;
    parser.finish()?;
    Ok(condition)
}

/// Reads an expression over named roles.
///
/// # Errors
/// The first thing that is wrong, with its place in the text.
pub fn parse_expression(
    text: &str,
    names: &mut Names<'_>,
    lexicon: &Lexicon,
) -> Result<Expression, ExpressionError> {
    let mut parser = Parser::new(text, names, lexicon);
    let expression = parser.sum()?;
    parser.finish()?;
    Ok(expression)
}

/// The index of a name, or a suggestion where it is not one.
pub(super) type Names<'n> = dyn FnMut(&str) -> Result<usize, Option<String>> + 'n;

struct Parser<'p, 'n> {
    text: &'p str,
    at: usize,
    depth: usize,
    /// How high the tree is of the expression that was read last.
    height: usize,
    /// Figures and names so far.
    operands: usize,
    names: &'p mut Names<'n>,
    lexicon: &'p Lexicon,
}

impl<'p, 'n> Parser<'p, 'n> {
    fn new(text: &'p str, names: &'p mut Names<'n>, lexicon: &'p Lexicon) -> Self {
        Self { text, at: 0, depth: 0, height: 0, operands: 0, names, lexicon }
    }

    fn rest(&self) -> &'p str {
        &self.text[self.at..]
    }

    fn skip_space(&mut self) {
        self.at = self.text.len() - self.rest().trim_start().len();
    }

    /// Takes a sign or a word operator if it stands here.
    fn take(&mut self, token: &str) -> bool {
        self.skip_space();
        let found = self.rest().starts_with(token);
        let is_word = token.starts_with(|c: char| c.is_ascii_alphabetic());
        let ends = |rest: &str| !rest.starts_with(|c: char| c.is_alphanumeric() || c == '_');
        let whole = !is_word || self.rest().get(token.len()..).is_some_and(ends);
        if found && whole {
            self.at += token.len();
        }
        found && whole
    }

    fn error<T>(
        &self,
        message: impl Into<String>,
        range: Range<usize>,
    ) -> Result<T, ExpressionError> {
        let end = range.end.min(self.text.len());
        Err(ExpressionError::new(message, range.start.min(end)..end))
    }

    fn finish(&mut self) -> Result<(), ExpressionError> {
        self.skip_space();
        if self.rest().is_empty() {
            return Ok(());
        }
        self.error("an operator or the end was expected here", self.at..self.text.len())
    }

    fn expect(&mut self, token: &str) -> Result<(), ExpressionError> {
        if self.take(token) {
            return Ok(());
        }
        let next = self.rest().chars().next().map_or(0, char::len_utf8);
        self.error(format!("`{token}` was expected here"), self.at..self.at + next)
    }

    fn deeper(&mut self) -> Result<(), ExpressionError> {
        self.depth += 1;
        if DEEPEST < self.depth {
            return self.error("this is nested too deeply", self.at..self.at);
        }
        Ok(())
    }

    /// An expression that was read stands over others of this height.
    fn rise(&mut self, height: usize) -> Result<(), ExpressionError> {
        self.height = height;
        if HIGHEST < height {
            return self.error("this is nested too deeply", self.at..self.at);
        }
        Ok(())
    }

    fn disjunction(&mut self) -> Result<Condition, ExpressionError> {
        let mut all = vec![self.conjunction()?];
        while self.take("or") {
            all.push(self.conjunction()?);
        }
        Ok(balanced(all, Condition::Or))
    }

    fn conjunction(&mut self) -> Result<Condition, ExpressionError> {
        let mut all = vec![self.comparison()?];
        while self.take("and") {
            all.push(self.comparison()?);
        }
        Ok(balanced(all, Condition::And))
    }

    fn comparison(&mut self) -> Result<Condition, ExpressionError> {
        self.skip_space();
        if let Some(condition) = self.predicate()? {
            return Ok(condition);
        }
        // A parenthesis may hold a condition or an expression; the first is tried first.
        if self.rest().starts_with('(') {
            let (start, depth, operands) = (self.at, self.depth, self.operands);
            self.deeper()?;
            self.at += 1;
            if let Ok(condition) = self.disjunction()
                && self.take(")")
                && self.operator_follows().is_none()
            {
                self.depth = depth;
                return Ok(condition);
            }
            (self.at, self.depth, self.operands) = (start, depth, operands);
        }
        if let Some(weekday) = self.weekday()? {
            return Ok(weekday);
        }
        let left = self.sum()?;
        let Some((sign, comparison)) = self.operator_follows() else {
            self.skip_space();
            let end = self.text.len();
            return self.error("a comparison was expected: one of = != < <= > >=", self.at..end);
        };
        self.take(sign);
        let right = self.sum()?;
        Ok(Condition::Compare(comparison, left, right))
    }

    fn operator_follows(&mut self) -> Option<(&'static str, Comparison)> {
        self.skip_space();
        [
            ("!=", Comparison::NotEqual),
            ("<=", Comparison::AtMost),
            (">=", Comparison::AtLeast),
            ("<", Comparison::Less),
            (">", Comparison::More),
            ("=", Comparison::Equal),
        ]
        .into_iter()
        .find(|(sign, _)| self.rest().starts_with(sign))
    }

    /// A function that is a condition by itself.
    fn predicate(&mut self) -> Result<Option<Condition>, ExpressionError> {
        let start = self.at;
        let Some(name) = self.function_name() else { return Ok(None) };
        let two = |parser: &mut Self| -> Result<(Expression, Expression), ExpressionError> {
            let mut arguments = parser.arguments(name, start, 2)?;
            let second = arguments.pop();
            match (arguments.pop(), second) {
                (Some(a), Some(b)) => Ok((a, b)),
                _ => parser.error(format!("`{name}` takes two arguments"), start..parser.at),
            }
        };
        let compare = |comparison, (a, b)| Some(Condition::Compare(comparison, a, b));
        let one = |parser: &mut Self| -> Result<Expression, ExpressionError> {
            parser.arguments(name, start, 1)?.pop().map_or_else(
                || parser.error(format!("`{name}` takes one argument"), start..parser.at),
                Ok,
            )
        };
        Ok(match name {
            "before" => compare(Comparison::Less, two(self)?),
            "after" => compare(Comparison::More, two(self)?),
            "within" | "overlaps" => compare(Comparison::Within, two(self)?),
            "lasts" => {
                let all = self.arguments(name, start, 3)?;
                <[Expression; 3]>::try_from(all).ok().map(|[a, b, c]| Condition::Lasts(a, b, c))
            }
            "agree" => Some(Condition::Agree(one(self)?)),
            "in_points" => Some(Condition::InPoints(one(self)?)),
            "one_reading" => Some(Condition::OneReading(one(self)?)),
            "on_its_weekday" => Some(Condition::OnItsWeekday(one(self)?)),
            "in_calendar" => Some(Condition::InCalendar(one(self)?)),
            "own_scale" => Some(Condition::OwnScale(one(self)?)),
            "count_of" => {
                let (share, whole) = two(self)?;
                Some(Condition::CountOf(share, whole))
            }
            "no_finer" => {
                let (one, other) = two(self)?;
                Some(Condition::NoFiner(one, other))
            }
            _ => {
                self.at = start;
                None
            }
        })
    }

    /// `weekday(d) = Monday`.
    fn weekday(&mut self) -> Result<Option<Condition>, ExpressionError> {
        let start = self.at;
        if self.function_name() != Some("weekday") {
            self.at = start;
            return Ok(None);
        }
        let date = self.arguments("weekday", start, 1)?.pop();
        let equal = match self.operator_follows() {
            Some(("=", ..)) => self.take("="),
            Some(("!=", ..)) => !self.take("!="),
            _ => return self.error("`weekday(…)` is compared with `=` or `!=`", start..self.at),
        };
        self.skip_space();
        let word_at = self.at;
        let word = self.word();
        let mut folded = String::new();
        crate::lexicon::fold(word, &mut folded);
        let day =
            self.lexicon.phrases(self.lexicon.word(&folded)).find_map(
                |(rest, sense)| match sense {
                    Sense::Weekday(day) if rest.is_empty() => {
                        Weekday::from_monday_one_offset(*day).ok()
                    }
                    _ => None,
                },
            );
        match (date, day) {
            (Some(date), Some(day)) => Ok(Some(Condition::Weekday(date, day, equal))),
            _ => self.error("a weekday was expected here: Monday", word_at..self.at),
        }
    }

    /// Takes a function's name and leaves its parenthesis.
    fn function_name(&mut self) -> Option<&'static str> {
        let start = self.at;
        let word = self.word();
        let name = FUNCTIONS.into_iter().find(|name| *name == word);
        if name.is_none() || !self.rest().trim_start().starts_with('(') {
            self.at = start;
            return None;
        }
        name
    }

    /// Takes a name's characters.
    fn word(&mut self) -> &'p str {
        let rest = self.rest();
        let length = rest.find(|c: char| !(c.is_alphanumeric() || c == '_')).unwrap_or(rest.len());
        self.at += length;
        &rest[..length]
    }

    fn arguments(
        &mut self,
        name: &str,
        start: usize,
        count: usize,
    ) -> Result<Vec<Expression>, ExpressionError> {
        self.deeper()?;
        self.expect("(")?;
        let mut all = vec![self.sum()?];
        let mut highest = self.height;
        while self.take(",") {
            all.push(self.sum()?);
            highest = highest.max(self.height);
        }
        self.expect(")")?;
        self.depth -= 1;
        // What a function is made of may be two operations deep.
        self.rise(highest + 2)?;
        if 0 < count && all.len() != count {
            let plural = if count == 1 { "argument" } else { "arguments" };
            return self.error(
                format!("`{name}` takes {count} {plural}, not {}", all.len()),
                start..self.at,
            );
        }
        Ok(all)
    }

    fn sum(&mut self) -> Result<Expression, ExpressionError> {
        let mut terms = vec![(false, self.product()?)];
        let mut highest = self.height;
        loop {
            let is_negative = match () {
                () if self.take("+") => false,
                () if self.take("-") || self.take("−") => true,
                () => break,
            };
            terms.push((is_negative, self.product()?));
            highest = highest.max(self.height + 1);
        }
        let joins = terms.len().next_power_of_two().ilog2() as usize;
        self.rise(highest + joins)?;
        Ok(joined(terms))
    }

    fn product(&mut self) -> Result<Expression, ExpressionError> {
        let depth = self.depth;
        let mut left = self.factor()?;
        loop {
            let operator = match () {
                () if self.take("*") || self.take("×") => Operator::Multiply,
                () if self.take("/") || self.take("÷") => Operator::Divide,
                () => break,
            };
            let below = self.height;
            let right = self.factor()?;
            // A long chain is a deep tree, and evaluating one takes stack.
            self.deeper()?;
            self.rise(below.max(self.height) + 1)?;
            let range = left.range.start..right.range.end;
            let node = Node::Binary(operator, Box::new(left), Box::new(right));
            left = Expression { node, range };
        }
        self.depth = depth;
        Ok(left)
    }

    fn factor(&mut self) -> Result<Expression, ExpressionError> {
        self.skip_space();
        let start = self.at;
        if self.take("-") || self.take("−") {
            self.deeper()?;
            let inner = self.factor()?;
            self.depth -= 1;
            self.rise(self.height + 1)?;
            return Ok(Expression {
                range: start..inner.range.end,
                node: Node::Negated(Box::new(inner)),
            });
        }
        if self.take("(") {
            self.deeper()?;
            let mut inner = self.sum()?;
            self.expect(")")?;
            self.depth -= 1;
            inner.range = start..self.at;
            return Ok(inner);
        }
        let Some(first) = self.rest().chars().next() else {
            return self.error("a figure or a name was expected here", start..start);
        };
        self.height = 0;
        self.operands += 1;
        if MOST_OPERANDS < self.operands {
            let message = format!("this has more than {MOST_OPERANDS} figures and names");
            return self.error(message, start..start + first.len_utf8());
        }
        if first == '"' || first == '\'' {
            return self.quoted(first);
        }
        if first.is_alphabetic() && !self.currency_follows() {
            return self.named();
        }
        match literal_prefix(self.rest(), self.lexicon) {
            Some((value, length)) => {
                self.at += length;
                Ok(Expression { node: Node::Literal(Box::new(value)), range: start..self.at })
            }
            None => {
                self.error("a figure or a name was expected here", start..start + first.len_utf8())
            }
        }
    }

    /// Whether letters here are a currency's sign before a number: "US$5", "EUR 20".
    fn currency_follows(&self) -> bool {
        literal_prefix(self.rest(), self.lexicon).is_some_and(|(value, _)| match value {
            Value::Amount(amount) => amount.unit.is_money() && !amount.style.before.is_empty(),
            _ => false,
        })
    }

    /// A value in quotation marks: any date, or a figure with its hedge.
    fn quoted(&mut self, mark: char) -> Result<Expression, ExpressionError> {
        let start = self.at;
        let inner = &self.rest()[1..];
        let Some(length) = inner.find(mark) else {
            return self.error("this quotation mark is not closed", start..self.text.len());
        };
        self.at += length + 2;
        match parse_value(&inner[..length], self.lexicon) {
            Ok(value) => {
                Ok(Expression { node: Node::Literal(Box::new(value)), range: start..self.at })
            }
            Err(error) => {
                let range = start + 1 + error.range.start..start + 1 + error.range.end;
                let hint = error.hint;
                Err(ExpressionError { hint, ..ExpressionError::new(error.reason, range) })
            }
        }
    }

    fn named(&mut self) -> Result<Expression, ExpressionError> {
        let start = self.at;
        let word = self.word();
        if self.rest().trim_start().starts_with('(') {
            return self.call(word, start);
        }
        let node = if word == "published" {
            Node::Published
        } else {
            match (self.names)(word) {
                Ok(index) => Node::Role(index),
                Err(hint) => {
                    let message = format!("`{word}` is not known here");
                    let error = ExpressionError::new(message, start..self.at);
                    return Err(ExpressionError { hint, ..error });
                }
            }
        };
        Ok(Expression { node, range: start..self.at })
    }

    fn call(&mut self, name: &str, start: usize) -> Result<Expression, ExpressionError> {
        let pair = |mut all: Vec<Expression>| match (all.pop(), all.pop()) {
            (Some(b), Some(a)) => Some((Box::new(a), Box::new(b))),
            _ => None,
        };
        let fold = match name {
            "sum" => Some(Fold::Sum),
            "count" => Some(Fold::Count),
            "min" => Some(Fold::Min),
            "max" => Some(Fold::Max),
            _ => None,
        };
        if let Some(fold) = fold {
            let all = self.arguments(name, start, 0)?;
            return Ok(Expression { node: Node::Fold(fold, all), range: start..self.at });
        }
        if name == "share" {
            let inner = self.arguments(name, start, 1)?.pop().map(Box::new);
            let range = start..self.at;
            return match inner {
                Some(inner) => Ok(Expression { node: Node::AsShare(inner), range }),
                None => self.error("`share` takes one argument", range),
            };
        }
        let edge = match name {
            "start" => Some(Edge::Start),
            "end" => Some(Edge::End),
            _ => None,
        };
        if let Some(edge) = edge {
            let inner = self.arguments(name, start, 1)?.pop().map(Box::new);
            let range = start..self.at;
            return match inner {
                Some(inner) => Ok(Expression { node: Node::Edge(edge, inner), range }),
                None => self.error(format!("`{name}` takes one date"), range),
            };
        }
        if !["days", "years", "points", "percent_change"].contains(&name) {
            let hint = closest(name, FUNCTIONS);
            let message = if FUNCTIONS.contains(&name) {
                format!("`{name}(…)` is a condition, not a figure")
            } else {
                format!("there is no function `{name}`")
            };
            let hint = hint.filter(|near| *near != name);
            return Err(ExpressionError {
                hint: hint.map(|near| format!("did you mean `{near}`?")),
                ..ExpressionError::new(message, start..self.at)
            });
        }
        let Some((a, b)) = pair(self.arguments(name, start, 2)?) else {
            return self.error(format!("`{name}` takes two arguments"), start..self.at);
        };
        let range = start..self.at;
        let node = match name {
            "days" => Node::Elapsed(Elapsed::Days, a, b),
            "years" => Node::Elapsed(Elapsed::Years, a, b),
            "points" => Node::Points(a, b),
            _ => return Ok(percent_change(*a, *b, range)),
        };
        Ok(Expression { node, range })
    }
}

/// `after / before - 1`, in which each name stands once, so that intervals lose nothing.
fn percent_change(before: Expression, after: Expression, range: Range<usize>) -> Expression {
    let ratio = Node::Binary(Operator::Divide, Box::new(after), Box::new(before));
    let ratio = Expression { node: ratio, range: range.clone() };
    let one = crate::value::Amount {
        kind: crate::value::Kind::Number,
        from: Rational::ONE,
        to: Rational::ONE,
        allowed: crate::value::Allowed::exactly(Rational::ONE),
        unit: Unit::none(),
        hedge: crate::value::Direction::Exact,
        style: crate::value::Style::plain(),
    };
    let one = Node::Literal(Box::new(Value::Amount(one)));
    let one = Expression { node: one, range: range.clone() };
    Expression { node: Node::Binary(Operator::Subtract, Box::new(ratio), Box::new(one)), range }
}
