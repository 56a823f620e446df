//! The checker behind an editor: texts stay with the editor, and each edit is checked again.
//!
//! `cargo run --example editor --no-default-features`

use crossfoot::{Article, Articles, Checker, Error, Inputs, Report, Rules, SourceId, Sources};

const CLAIMS: &str = r#"
article = "draft.md"
[[claim]]
id = "fee"
value = "$12"
quote = "Entry costs $12"
"#;

/// The open tabs.
struct Editor {
    texts: Sources,
    draft: SourceId,
    claims: SourceId,
    checker: Checker,
}

/// Articles are looked for among the open tabs before anything is read from a disk.
struct Tabs<'e>(&'e Sources);

impl Articles for Tabs<'_> {
    fn find(&mut self, _: SourceId, name: &str) -> Result<Article, Error> {
        let open = self.0.all().find(|tab| tab.name() == name);
        let tab = open.ok_or_else(|| Error::missing(name))?;
        Ok(Article::new(name, tab.text()))
    }
}

impl Editor {
    fn new(draft: &str) -> Self {
        let mut texts = Sources::new();
        Self {
            draft: texts.add("draft.md", draft),
            claims: texts.add("draft.toml", CLAIMS),
            texts,
            // The rules are read once, whatever number of texts is checked.
            checker: Checker::new(&Rules::built_in()),
        }
    }

    /// What is said of the texts as they are. The report shares them; the editor keeps them.
    fn check(&self) -> Report {
        let inputs = Inputs { claims: &[self.claims], ..Inputs::default() };
        self.checker.check(&self.texts, inputs, &mut Tabs(&self.texts))
    }

    fn edit(&mut self, draft: &str) {
        self.texts.replace(self.draft, draft);
    }
}

/// Types a draft, and prints what is said after each edit.
pub fn main() {
    let mut editor = Editor::new("Entry costs $12 now.");
    for draft in [
        "Entry costs $12 now.",
        "Entry costs $14 now.",
        "Entry costs $12 now. Rents rose from $400 to $500, or 20 percent.",
    ] {
        editor.edit(draft);
        let report = editor.check();
        println!("{draft}");
        for finding in &report.findings {
            println!("    {} [{}]", finding.message, finding.rule);
        }
        println!("    {}", report.summary());
    }
}
