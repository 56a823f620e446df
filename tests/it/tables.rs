//! Tables: which of their rows are totals, and how far off a sum may be and still be one.

use crossfoot::Options;

use crate::support::check_article;

/// What is said of an article that is a line and a table below it: levels and rules.
fn said(line: &str, table: &str) -> Vec<String> {
    let report = check_article(&format!("{line}\n\n{table}"), &Options::default());
    report.findings.iter().map(|one| format!("{}[{}]", one.severity, one.rule)).collect()
}

#[test]
fn the_total_of_a_selection_of_rows_is_no_sum_of_them() {
    let table = "| Stand | Tickets |\n|---|---|\n| North | 4,210 |\n| South | 3,150 |\n\
                 | East | 2,640 |\n| Total | 10,700 |\n";
    assert_eq!(said("Tickets sold at each stand:", table), ["error[wrong-table-total]"]);
    assert_eq!(said("Tickets sold, selected stands only:", table), [""; 0]);
    let header = table.replace("| Stand |", "| Largest stands |");
    assert_eq!(said("Tickets sold at each stand:", &header), [""; 0]);
    // A row that is part of another leaves it open what the total adds up.
    let part = table.replace("| South |", "| of which members | 1,150 |\n| South |");
    assert_eq!(said("Tickets sold at each stand:", &part), [""; 0]);
}

#[test]
fn a_total_far_off_is_an_error_where_another_column_comes_out() {
    let table = |total: &str| {
        format!(
            "| Shop | 2023 | 2024 |\n|---|---|---|\n| Quay | $4,210 | $4,310 |\n\
             | Mill | $3,150 | $3,250 |\n| Bank | $2,640 | $2,740 |\n| Total | $10,000 | {total} |\n"
        )
    };
    assert_eq!(said("Takings:", &table("$10,300")), [""; 0]);
    // A third more than the rows come to, and no slip of the finger.
    assert_eq!(said("Takings:", &table("$13,752")), ["error[wrong-table-total]"]);
    // Three times as much adds up something else.
    assert_eq!(said("Takings:", &table("$31,752")), [""; 0]);
}

#[test]
fn a_total_of_one_column_that_is_rather_far_off_is_a_note() {
    let table = |total: &str| {
        format!(
            "| Quay | Ships |\n|---|---|\n| North | 12 |\n| South | 18 |\n| East | 25 |\n| Total | {total} |\n"
        )
    };
    assert_eq!(said("Ships that called:", &table("55")), [""; 0]);
    assert_eq!(said("Ships that called:", &table("59")), ["warning[wrong-table-total]"]);
    assert_eq!(said("Ships that called:", &table("65")), ["note[wrong-table-total]"]);
    // Ships that called at two quays are counted in two rows, and once in the total.
    assert_eq!(said("Ships that called:", &table("51")), ["warning[wrong-table-total]"]);
    assert_eq!(said("Ships that called:", &table("47")), ["note[wrong-table-total]"]);
    // Half as many ships as rows show, or twice as many: the total is of something else.
    assert_eq!(said("Ships that called:", &table("140")), [""; 0]);
}
