//! The checker in a program of one's own: a draft is read and checked, and what is said of it is printed.
//!
//! `cargo run --example embed --no-default-features`

use crossfoot::{Checker, Date, Inputs, NoArticles, Rules, Severity, Sources};

const DRAFT: &str = "\
The harbour was closed on Monday, 4 March 2025, and is to open in June 2025.

Dredging costs $290 million over four years, or $82.5 million a year.
";

/// Prints the figures of the draft and what is said of them.
pub fn main() {
    let mut texts = Sources::new();
    let draft = texts.add("harbour.md", DRAFT);
    let checker = Checker::new(&Rules::built_in()).published(Date::constant(2025, 8, 7));

    let reading = checker.read(&texts, draft);
    println!("{} figures and dates:", reading.mentions().len());
    for mention in reading.mentions() {
        println!("  {}", &reading.prose()[mention.range.clone()]);
    }

    let inputs = Inputs { articles: &[draft], ..Inputs::default() };
    let report = checker.check(&texts, inputs, &mut NoArticles);
    for finding in &report.findings {
        let span = finding.primary.span;
        let place = report.sources.get(span.source).place(span.start);
        println!("{}:{}: {} [{}]", place.line, place.column, finding.message, finding.rule);
        for step in &finding.steps {
            println!("    {step}");
        }
        for suggestion in &finding.suggestions {
            println!("    it would have to read {}", suggestion.text);
        }
    }
    println!("{}", report.summary());
    assert_eq!(report.count(Severity::Error), 2);
}
