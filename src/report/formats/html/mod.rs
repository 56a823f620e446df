//! The report as one page for a browser: an article with every figure marked, what was checked of each,
//! and the arithmetic. It asks for nothing from anywhere.

mod bar;
mod claims;
mod marks;
mod page;
mod room;
mod text;
mod timeline;
mod units;
#[cfg(feature = "internals")]
mod view;

#[cfg(feature = "internals")]
pub use view::{brief_view, view};

use minijinja::syntax::SyntaxConfig;
use minijinja::value::Serde;
use minijinja::{AutoEscape, Environment};

use crate::report::Report;
use crate::report::formats::html::page::Page;
use crate::report::formats::inert::{Syntax, inert};

const TEMPLATE: &str = include_str!("page.html");
const STYLE: &str = include_str!("page.css");
const SCRIPT: &str = include_str!("page.js");

/// What the page lets a browser run: its own style and script, known by their digests.
const POLICY: &str = include_str!(concat!(env!("OUT_DIR"), "/policy.txt"));

/// The report as HTML, for a report that was made at length.
///
/// # Panics
/// If the page's own template cannot be used, which its tests would see.
pub fn html(report: &Report) -> String {
    let mut environment = Environment::new();
    // Every text is escaped, but for those that the template itself calls safe: its style and script.
    environment.set_auto_escape_callback(|_| AutoEscape::Html);
    let syntax = SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).build();
    environment.set_syntax(syntax.expect("these are marks of its own"));
    environment.add_template("page", TEMPLATE).expect("the template is tested");
    let template = environment.get_template("page").expect("it was just added");
    #[expect(
        clippy::redundant_closure_for_method_calls,
        reason = "the method itself is of one lifetime"
    )]
    let page = Page::of(report, |maker, at| maker.unit(at));
    let context = minijinja::context! { page => Serde(page), policy => POLICY, style => STYLE, script => SCRIPT };
    let page = template.render(context).expect("the template names what there is");
    inert(page, Syntax::Markup).into_owned()
}
