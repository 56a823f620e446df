//! The report as a page.

use crate::report::Report;

/// The page.
pub fn html(report: &Report) -> String {
    report.summary()
}
