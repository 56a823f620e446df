//! One file per failure kind, each with the diagnostic it gets.

use std::path::Path;

use crossfoot::check::{Article, Error};
use crossfoot::report::Report;
use crossfoot::rule::{Examples, Registry};
use crossfoot::source::Sources;
use crossfoot::{Inputs, Options, check, lexicon::Lexicon};

use crate::support::{drawn, root};

/// Runs `printed` on each file of a folder and compares what it prints with the snapshot.
fn each(folder: &str, printed: impl Fn(&Path, String) -> String) {
    let mut seen = 0;
    insta::with_settings!({ prepend_module_to_snapshot => false, omit_expression => true }, {
        for entry in std::fs::read_dir(root().join(folder)).unwrap() {
            let path = entry.unwrap().path();
            if path.extension().is_none_or(|ending| ending != "toml") {
                continue;
            }
            let text = std::fs::read_to_string(&path).unwrap();
            let printed = printed(&path, text);
            assert!(printed.contains("─["), "{} is not broken", path.display());
            let stem = path.file_stem().unwrap().to_string_lossy().into_owned();
            let kind = folder.rsplit('/').next().unwrap();
            insta::assert_snapshot!(format!("{kind}__{stem}"), printed);
            seen += 1;
        }
    });
    assert!(5 <= seen, "{folder} has only {seen} files");
}

fn name(path: &Path) -> String {
    path.file_name().unwrap().to_string_lossy().into_owned()
}

#[test]
fn claims() {
    each("fixtures/broken/claims", |path, text| {
        let mut sources = Sources::new();
        let id = sources.add(name(path), text);
        drawn(&check(
            sources,
            Registry::built_in(),
            Inputs { claims: &[id], ..Inputs::default() },
            &Options::default(),
            &mut |_, article: &str| {
                let text = std::fs::read_to_string(path.with_file_name(article));
                let text = text.map_err(|_| Error::missing(article))?;
                Ok(Article::new(article, text))
            },
        ))
    });
}

#[test]
fn rules() {
    each("fixtures/broken/rules", |path, text| {
        let mut sources = Sources::new();
        let id = sources.add(name(path), text);
        let mut findings = Vec::new();
        Registry::new(&mut sources, &[id], Lexicon::built_in(), Examples::Read, &mut findings);
        drawn(&Report::of(sources, findings))
    });
}

/// A configuration is found by name, so each one lies in a folder of its own while it is read.
#[test]
fn configurations() {
    each("fixtures/broken/config", |_, text| {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir(folder.path().join("claims")).unwrap();
        std::fs::write(folder.path().join("crossfoot.toml"), text).unwrap();
        let run = crate::support::crossfoot(folder.path(), &["check"]);
        assert_eq!(run.status.code(), Some(2));
        String::from_utf8(run.stdout).unwrap()
    });
}
