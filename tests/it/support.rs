//! What the tests share: a check over texts, without files.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use crossfoot::lexicon::Lexicon;
use crossfoot::report::{Look, Report, human};
use crossfoot::rule::{Examples, Registry};
use crossfoot::source::{SourceId, Sources};
use crossfoot::{Article, Articles, Error, Inputs, NoArticles, Options};
use proptest::test_runner::Config;

/// The formats of `check`.
pub(crate) const FORMATS: [&str; 13] = [
    "human",
    "short",
    "json",
    "jsonl",
    "sarif",
    "junit",
    "github",
    "gitlab",
    "rdjson",
    "markdown",
    "html",
    "csv",
    "web-annotation",
];

/// The project's own folder.
pub(crate) fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// So many random cases of a property; `PROPTEST_CASES`, which is 256 where it is not set, makes all of
/// them more. What fails is told with a seed, which is kept in `tests/proptest-regressions/` and tried
/// first from then on.
pub(crate) fn cases(cases: u32) -> Config {
    let usual = Config::default();
    let cases = scaled(cases, usual.cases);
    Config { cases, max_global_rejects: usual.max_global_rejects.max(7 * cases), ..usual }
}

/// A number of cases for what `PROPTEST_CASES` is.
fn scaled(cases: u32, asked: u32) -> u32 {
    let scaled = u64::from(cases) * u64::from(asked) / 256;
    u32::try_from(scaled.max(1)).unwrap()
}

#[test]
fn all_properties_get_more_cases_together() {
    assert_eq!((scaled(400, 256), scaled(400, 2560), scaled(12, 1)), (400, 4000, 1));
}

/// Checks a claims file, where the name is one's, or else an article, with the built-in rules.
pub(crate) fn check_text(
    (name, text): (&str, &str),
    options: &Options,
    finder: &mut dyn Articles,
) -> Report {
    let mut sources = Sources::new();
    let all = [sources.add(name, text)];
    let is_claims = Path::new(name).extension().is_some_and(|ending| ending == "toml");
    let (claims, articles) = if is_claims { (&all[..], &[][..]) } else { (&[][..], &all[..]) };
    let inputs = Inputs { claims, articles };
    crossfoot::check(sources, Registry::built_in(), inputs, options, finder)
}

/// The built-in rules, read anew, and those of further files, none of which may be wrong.
pub(crate) fn registry(sources: &mut Sources, files: &[SourceId]) -> Registry {
    let mut findings = Vec::new();
    let lexicon = Lexicon::built_in();
    let registry = Registry::new(sources, files, lexicon, Examples::Skip, &mut findings);
    assert!(findings.is_empty(), "{findings:#?}");
    registry
}

/// Checks an article that no claims file names.
pub(crate) fn check_article(text: &str, options: &Options) -> Report {
    check_text(("article.md", text), options, &mut NoArticles)
}

/// A file of the project.
pub(crate) fn read(path: impl AsRef<Path>) -> String {
    let path = root().join(path);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Checks a claims file, with an article to quote from.
pub(crate) fn check_with(claims: &str, article: Option<&str>) -> Report {
    check_text(("claims.toml", claims), &Options::default(), &mut always(article))
}

/// Finds this article, or none, whatever name is asked for.
pub(crate) fn always(text: Option<&str>) -> impl Articles {
    move |_: SourceId, name: &str| Ok(Article::new(name, text.ok_or_else(|| Error::missing(name))?))
}

/// Checks a claims file without an article.
pub(crate) fn check_claims(claims: &str) -> Report {
    check_with(claims, None)
}

/// Claims of these values, named `a`, `b`, …, and a condition over them.
pub(crate) fn check_that(values: &[&str], that: &str) -> Report {
    let names = ('a'..='z').map(String::from);
    let mut claims = String::new();
    for (value, name) in values.iter().zip(names) {
        writeln!(claims, "[[claim]]\nid = \"{name}\"\nvalue = \"{value}\"").unwrap();
    }
    writeln!(claims, "[[assert]]\nthat = \"{}\"", that.replace('"', "'")).unwrap();
    check_claims(&claims)
}

/// The verdict of the only relation that is no join.
pub(crate) fn verdict(report: &Report) -> &'static str {
    let asserted: Vec<_> = report
        .relations
        .iter()
        .filter(|relation| relation.rule.as_str() != "ambiguous-date")
        .collect();
    match &*asserted {
        [only] => only.verdict.as_str(),
        all => panic!("{} relations, findings {:#?}", all.len(), report.findings),
    }
}

/// The report as a person without colours sees it.
pub(crate) fn drawn(report: &Report) -> String {
    human(report, Look { width: 100, ..Look::default() })
}

/// Runs the program in a folder.
pub(crate) fn crossfoot(folder: &Path, arguments: &[&str]) -> std::process::Output {
    crossfoot_with(folder, arguments, "", &[])
}

/// Runs the program in a folder with standard input and environment variables.
pub(crate) fn crossfoot_with(
    folder: &Path,
    arguments: &[&str],
    input: &str,
    environment: &[(&str, &str)],
) -> std::process::Output {
    use std::io::Write;
    use std::process::{Command, Stdio};

    let mut child = Command::new(env!("CARGO_BIN_EXE_crossfoot"))
        .args(arguments)
        .current_dir(folder)
        .env_remove("NO_COLOR")
        .env_remove("COLUMNS")
        .envs(environment.iter().copied())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // The program may stop before it has read everything.
    let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
    child.wait_with_output().unwrap()
}

/// A folder with some files.
pub(crate) fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (path, text) in files {
        let path = folder.path().join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }
    folder
}

/// Runs the program in a folder: its exit code, what it printed, and what it said on standard error.
pub(crate) fn ran(folder: &Path, arguments: &[&str]) -> (i32, String, String) {
    let run = crossfoot(folder, arguments);
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (run.status.code().unwrap(), text(run.stdout), text(run.stderr))
}

/// A rule that a newsroom adds.
pub(crate) const RULE: &str = r#"
id = "too-many-copies"
summary = "more copies sold than printed"
severity = "error"
why = "Nothing is sold that was not printed."
[roles]
sold = "number"
printed = "number"
[holds]
that = "sold <= printed"
[message]
contradicts = "{sold} copies cannot be sold of {printed} printed"
[[pass]]
sold = "5,000"
printed = "6,000"
[[fail]]
sold = "7,123"
printed = "6,123"
"#;
