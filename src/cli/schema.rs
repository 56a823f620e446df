//! `crossfoot schema NAME`.

use crate::baseline::BASELINE;
use crate::claim::CLAIMS;
use crate::cli::commands::{SchemaArgs, SchemaName};
use crate::cli::exit::Exit;
use crate::cli::output::print;
use crate::config::CONFIG;
use crate::report::{
    diff_schema, explained_schema, extract_schema, mentions_schema, report_line_schema,
    report_schema,
};
use crate::rule::RULE;
use crate::shape::json_schema;

/// Prints a JSON Schema.
pub(super) fn run(args: &SchemaArgs) -> Exit {
    let schema = match args.name {
        SchemaName::Claims => json_schema("Crossfoot claims", &CLAIMS),
        SchemaName::Rule => json_schema("Crossfoot rule", &RULE),
        SchemaName::Config => json_schema("Crossfoot configuration", &CONFIG),
        SchemaName::Baseline => json_schema("Crossfoot baseline", &BASELINE),
        SchemaName::Report => report_schema(),
        SchemaName::ReportLine => report_line_schema(),
        SchemaName::Extract => extract_schema(),
        SchemaName::Mentions => mentions_schema(),
        SchemaName::Diff => diff_schema(),
        SchemaName::Explain => explained_schema(),
    };
    let mut text = serde_json::to_string_pretty(&schema).unwrap_or_default();
    text.push('\n');
    print(&text)
}
