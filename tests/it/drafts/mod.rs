//! Claims that follow an edited text: anchoring, recording, comparing and reviewing drafts.

mod cases;
mod diff;
mod edited;
mod flips;
mod newsroom;
mod random;
mod record;
mod review;
mod stated;

use crossfoot::Options;
use crossfoot::claim::{self, ClaimsFile, State};
use crossfoot::finding::Finding;
use crossfoot::follow::{Desk, Recording};
use crossfoot::lexicon::Lexicon;
use crossfoot::published::Dated;
use crossfoot::reading::Reading;
use crossfoot::rule::Registry;
use crossfoot::source::Sources;

use crate::support::{read, root};

/// What `record` makes of an article and its claims file.
pub(crate) fn recorded(article: &str, claims: Option<&str>) -> Recording {
    let mut sources = Sources::new();
    let id = sources.add("draft.md", article);
    let claims = claims.map(|text| sources.add("draft.toml", text));
    let desk = Desk { rules: Registry::built_in(), options: &Options::default() };
    desk.record(&sources, (id, "draft.md"), claims).unwrap()
}

/// A claims file anchored in an article.
pub(crate) struct Anchored {
    pub(crate) file: ClaimsFile,
    pub(crate) findings: Vec<Finding>,
}

pub(crate) fn anchored(article: &str, claims: &str) -> Anchored {
    let mut sources = Sources::new();
    let mut findings = Vec::new();
    let lexicon = Lexicon::built_in();
    let id = sources.add("draft.md", article);
    let claims = sources.add("draft.toml", claims);
    let mut file = claim::read(&sources, claims, lexicon, &mut findings).unwrap();
    assert!(findings.is_empty(), "{findings:#?}");
    let dated = Dated::settled(file.published);
    let reading = Reading::new(&sources, id, dated, lexicon);
    claim::anchor(&mut file, &reading, &sources, &mut findings);
    Anchored { file, findings }
}

impl Anchored {
    /// The state of a claim.
    pub(crate) fn state(&self, id: &str) -> State {
        let at = self.file.claims.find(id).unwrap_or_else(|| panic!("no claim {id}"));
        self.file.claims.get(at).state.unwrap_or_else(|| panic!("{id} has no state"))
    }
}

/// The project's articles, each with its name.
pub(crate) fn articles() -> Vec<(String, String)> {
    let mut paths: Vec<_> = std::fs::read_dir(root().join("fixtures/articles"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.file_name().is_some_and(|name| name != "README.md"))
        .collect();
    paths.sort();
    paths
        .into_iter()
        .map(|path| {
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            (name.clone(), read(format!("fixtures/articles/{name}")))
        })
        .collect()
}
