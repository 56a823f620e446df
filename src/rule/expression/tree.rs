//! Long chains as balanced trees, which take little stack to walk.

use crate::rule::expression::{Condition, Expression, Node, Operator};

/// Conditions joined as a balanced tree, so that a thousand are no deeper than ten.
pub(super) fn balanced(
    mut all: Vec<Condition>,
    join: fn(Box<Condition>, Box<Condition>) -> Condition,
) -> Condition {
    let right = all.split_off(all.len().div_ceil(2));
    match (all.len(), all.pop()) {
        (1, Some(only)) if right.is_empty() => only,
        (_, last) => {
            all.extend(last);
            join(Box::new(balanced(all, join)), Box::new(balanced(right, join)))
        }
    }
}

/// A sum of many terms as a balanced tree, so that one of a thousand terms is no deeper than ten.
/// The first term has no sign of its own.
pub(super) fn joined(mut terms: Vec<(bool, Expression)>) -> Expression {
    if terms.len() == 1 {
        let (is_negative, term) = terms.remove(0);
        if !is_negative {
            return term;
        }
        return Expression { range: term.range.clone(), node: Node::Negated(Box::new(term)) };
    }
    let mut right = terms.split_off(terms.len() / 2);
    // The sign between two terms is the operator; further right, it stays with its term.
    let is_difference = right.len() == 1 && right[0].0;
    if is_difference {
        right[0].0 = false;
    }
    let operator = if is_difference { Operator::Subtract } else { Operator::Add };
    let (left, right) = (Box::new(joined(terms)), Box::new(joined(right)));
    let range = left.range.start..right.range.end;
    Expression { node: Node::Binary(operator, left, right), range }
}
