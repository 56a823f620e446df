//! Prints what is read of a document, a paragraph a line: `cargo run --example text -- draft.docx`.

use crossfoot::Content;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    for name in std::env::args().skip(1) {
        let content = Content::read(std::fs::read(&name)?, &name)?;
        print!("{}", content.text());
    }
    Ok(())
}
