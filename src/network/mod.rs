//! Figures and what must hold between them, all together: whether they can all stand, and the
//! smallest sets of them that cannot.
//!
//! A fact is a number that is the same whoever states it; claims say in which interval it lies, and
//! relations what holds between facts. Nothing here knows of articles: [`crate::engine`] fills a
//! network and puts into words what comes of it.
//!
//! ```
//! use crossfoot::network::{Linear, Network};
//! use crossfoot::value::{Interval, Mode, Rational};
//! let number = |n: i64| Rational::from(n);
//! // x + y = 10, x − y = 4, and somebody writes that x is 3.
//! let mut network = Network::new();
//! let (x, y) = (network.fact(), network.fact());
//! let three = Interval::point(number(3));
//! network.claim(x, three.clone(), three);
//! for (sign, comes_to) in [(1, 10), (-1, 4)] {
//!     let terms = [(x, number(1)), (y, number(sign))];
//!     network.relation([Linear::new(terms, Interval::point(number(comes_to))).into()]);
//! }
//! let conflicts = network.conflicts(Mode::Loose).conflicts;
//! assert_eq!(conflicts[0].claims, [0]);
//! assert_eq!(conflicts[0].relations, [0, 1]);
//! ```

mod area;
#[cfg(feature = "internals")]
mod asked;
mod component;
mod conflict;
mod explain;
mod facts;
mod find;
mod form;
mod inquiry;
mod needed;
mod project;
mod search;
mod shrink;
mod simplex;
mod solve;

pub use component::Component;
pub use conflict::{Conflict, Conflicts, Ranked};
pub use explain::{Certificate, Explanation, Step};
pub use facts::{Answer, Network};
pub use form::{Fact, Form, Linear, Nonlinear, Product};
pub use inquiry::Inquiry;
