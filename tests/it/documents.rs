//! The documents say what is so: worked examples come out, what they show is what the program prints,
//! commands run, and options, files and links are there.

use std::path::Path;
use std::process::Command;

use regex::Regex;

use crate::support::{check_that, folder, ran, read, root, verdict};

/// Every document but the list of rules, which the program writes.
fn documents() -> Vec<String> {
    let mut names: Vec<String> =
        ["README.md", "claims/README.md", "rules/README.md"].map(str::to_owned).into();
    for entry in std::fs::read_dir(root().join("docs")).unwrap() {
        names.push(format!("docs/{}", entry.unwrap().file_name().to_string_lossy()));
    }
    names.retain(|name| name != "docs/rules.md");
    names.sort();
    names
}

/// The fenced blocks of a language in a document.
fn blocks(text: &str, language: &str) -> Vec<String> {
    let mut blocks = Vec::new();
    let mut current: Option<String> = None;
    for line in text.lines() {
        match &mut current {
            None if line.trim() == format!("```{language}") => current = Some(String::new()),
            None => {}
            Some(_) if line.trim() == "```" => blocks.extend(current.take()),
            Some(block) => {
                block.push_str(line);
                block.push('\n');
            }
        }
    }
    blocks
}

#[test]
fn the_worked_examples_of_the_semantics_come_out() {
    let mut count = 0;
    for block in blocks(&read("docs/semantics.md"), "crossfoot") {
        let (mut values, mut that, mut expected) = (Vec::new(), "", "");
        for line in block.lines() {
            let (key, text) = line.split_once(':').unwrap_or_else(|| panic!("{line}"));
            match key {
                "that" => that = text.trim(),
                "verdict" => expected = text.trim(),
                name => {
                    assert_eq!(name.len(), 1, "{block}");
                    values.push(text.trim());
                }
            }
        }
        assert_eq!(verdict(&check_that(&values, that)), expected, "{block}");
        count += 1;
    }
    assert!(10 <= count, "only {count} examples");
}

#[test]
fn the_claims_files_of_the_documents_are_read() {
    for document in ["README.md", "claims/README.md"] {
        let blocks = blocks(&read(document), "toml");
        assert!(!blocks.is_empty(), "{document} shows no claims file");
        for block in blocks.iter().filter(|block| block.contains("[[claim]]")) {
            let article = "The aid package of $290 million over four years amounts to $72.5 million \
                           annually, officials said.";
            let report = crate::support::check_with(block, Some(article));
            let errors: Vec<_> = report.findings.iter().map(|f| &f.message).collect();
            assert!(!report.has_broken_input(), "{document}: {errors:?}\n{block}");
        }
    }
}

#[test]
fn paths_that_documents_name_exist() {
    let quoted =
        Regex::new(r"`((?:src|rules|claims|docs|tests|fixtures|benches|fuzz)/[\w./-]*)`").unwrap();
    let run = Regex::new(r"(?m)[ =]((?:benches|fixtures|fuzz)/[\w./-]*\w)").unwrap();
    let test = Regex::new(r"`(\w+)` in `(tests/[\w./]+)`").unwrap();
    for document in documents() {
        let text = read(&document);
        for found in quoted.captures_iter(&text).chain(run.captures_iter(&text)) {
            assert!(root().join(&found[1]).exists(), "{document} names {}", &found[1]);
        }
        for found in test.captures_iter(&text) {
            let is_there = read(&found[2]).contains(&format!("fn {}()", &found[1]));
            assert!(is_there, "{document} names {} in {}", &found[1], &found[2]);
        }
    }
}

/// The address of a heading as GitHub makes it.
fn address(heading: &str) -> String {
    let kept = heading.trim_start_matches('#').trim().to_lowercase().replace(' ', "-");
    kept.chars().filter(|c| c.is_alphanumeric() || "-_".contains(*c)).collect()
}

#[test]
fn links_of_documents_lead_somewhere() {
    let link = Regex::new(r"\]\(([^)#:]*)(?:#([^)]*))?\)").unwrap();
    let code = Regex::new(r"`[^`]*`").unwrap();
    for document in documents() {
        for found in link.captures_iter(&code.replace_all(&read(&document), "")) {
            let beside = Path::new(&document).parent().unwrap().join(&found[1]);
            let target = if found[1].is_empty() { Path::new(&document) } else { &beside };
            assert!(root().join(target).exists(), "{document} leads to {}", target.display());
            let Some(place) = found.get(2) else { continue };
            let headings = read(target);
            let mut headings = headings.lines().filter(|line| line.starts_with('#'));
            let leads = headings.any(|line| address(line) == place.as_str());
            assert!(leads, "{document} leads to {}", &found[0]);
        }
    }
}

/// Blocks of plain text that are no output, each by its document and how it begins.
const NO_OUTPUT: [(&str, &str); 4] = [
    ("claims/README.md", "The aid package of"), // the draft that the next block checks
    ("docs/architecture.md", "article ── Reading"), // a diagram
    ("docs/semantics.md", "strict = ["),        // a formula
    ("rules/README.md", "arithmetic/ "),        // the folders
];

/// What the program prints for a document: the commands, in a folder with these files.
fn printed(files: &[(&str, &str)], commands: &[&[&str]]) -> Vec<(String, String)> {
    let here = folder(files);
    let run = |arguments: &&[&str]| {
        let (code, out, said) = ran(here.path(), arguments);
        assert!(code < 2, "{arguments:?}: {said}");
        (format!("crossfoot {}", arguments.join(" ")), out)
    };
    commands.iter().map(run).collect()
}

/// Two relations that clash only together, for the README.
const CLASH: &str = r#"[[claim]]
id = "x"
value = "3 km"
[[claim]]
id = "y"
value = "unknown"
[[claim]]
id = "sum"
value = "10.0 km"
[[claim]]
id = "difference"
value = "4.0 km"
[[assert]]
that = "x + y = sum"
[[assert]]
that = "x - y = difference"
"#;

/// A rule whose figures clash, for the manual of claims files.
const WRONG_RATE: &str = r#"article = "draft.md"

[[claim]]
id    = "total"
quote = "aid package of $290 million"
value = "$290 million"

[[claim]]
id    = "years"
quote = "four years"
value = "four years"

[[claim]]
id    = "yearly"
quote = "$82.5 million annually"
value = "$82.5 million annually"

[[assert]]
rule  = "wrong-rate"
total = "total"
span  = "years"
rate  = "yearly"
"#;

/// The outputs that documents show, each with its command.
fn outputs(document: &str) -> Vec<(String, String)> {
    match document {
        "README.md" => {
            let draft =
                "Membership fell by 50 percent, from 146,000 in 2019 to 100,000 last year.\n";
            let silent = "Exports rose 20 percent to 600 tonnes, and imports fell from 40 people to 30 \
                          tonnes.\n";
            let altered =
                |path: &str| read(path).replace("$72.5 million annually", "$82.5 million annually");
            let (claims, article) = ("claims/armenia.toml", "fixtures/articles/armenia.md");
            let (of_claims, of_article) = (altered(claims), altered(article));
            let example = [(claims, &*of_claims), (article, &*of_article)];
            [
                printed(&[("draft.md", draft)], &[&["check", "draft.md"]]),
                printed(&[("draft.md", silent)], &[&["explain", "draft.md:1"]]),
                printed(&example, &[&["check"]]),
                printed(&[("claims.toml", CLASH)], &[&["check", "claims.toml"]]),
            ]
            .concat()
        }
        "claims/README.md" => {
            let text = read(document);
            let (draft, claims) = (&*blocks(&text, "text")[0], &*blocks(&text, "toml")[0]);
            let altered = draft.replace("72.5", "82.5");
            let check = [&["check", "draft.toml"][..]];
            [
                printed(&[("draft.md", draft), ("draft.toml", claims)], &check),
                printed(&[("draft.md", &altered), ("draft.toml", WRONG_RATE)], &check),
            ]
            .concat()
        }
        _ => Vec::new(),
    }
}

/// Whether a block shows lines of an output in their order; a line `…` stands for any left out.
fn shows(block: &str, command: &str, output: &str) -> bool {
    let output: Vec<&str> = output.lines().map(str::trim_end).collect();
    let lines: Vec<&str> = block.lines().map(str::trim_end).collect();
    let lines = match &*lines {
        [first, rest @ ..] if first.starts_with("$ ") => {
            if first[2..] != *command {
                return false;
            }
            rest
        }
        all => all,
    };
    let mut from = 0;
    for part in lines.split(|line| line.trim() == "…").filter(|part| !part.is_empty()) {
        let mut places = output[from..].windows(part.len());
        match places.position(|place| place == part) {
            Some(place) => from += place + part.len(),
            None => return false,
        }
    }
    true
}

#[test]
fn what_documents_show_is_what_the_program_prints() {
    let mut count = 0;
    for document in documents() {
        let outputs = outputs(&document);
        for block in blocks(&read(&document), "text") {
            let is_none =
                |(named, begins): &(&str, &str)| *named == document && block.starts_with(begins);
            if NO_OUTPUT.iter().any(is_none) {
                continue;
            }
            let shown = outputs.iter().any(|(command, out)| shows(&block, command, out));
            let all: Vec<_> = outputs.iter().map(|(c, out)| format!("$ {c}\n{out}")).collect();
            assert!(
                shown,
                "{document} shows what no command of `outputs` in this file prints; if it is no \
                 output, name it in `NO_OUTPUT`:\n{block}\nprinted is:\n{}",
                all.join("\n")
            );
            count += 1;
        }
    }
    assert!(6 <= count, "only {count} blocks");
}

/// Commands that are not run here: they ask on a terminal, or go on until they are ended.
const NOT_RUN: [&str; 3] =
    ["crossfoot review", "crossfoot check draft.md --watch", "crossfoot serve"];

#[test]
fn commands_that_documents_show_can_be_run() {
    let draft = "The mill had 146,000 members in 2019, and 100,000 last year.\n";
    let files = [
        ("draft.md", draft),
        ("old.md", draft),
        ("new.md", &draft.replace("146", "148")),
        ("archive/a.md", draft),
        ("archive.jsonl", "{\"id\": \"1\", \"text\": \"It has 5 schools.\"}\n"),
        ("rules/lexicon/README.md", ""),
        ("articles/a.md", draft),
        ("claims/budget.toml", "[[claim]]\nid = \"total\"\nvalue = \"$290 million\"\n"),
        ("texts.jsonl", "{\"id\": \"1\", \"text\": \"It has 5 schools.\"}\n"),
    ];
    let built = Path::new(env!("CARGO_BIN_EXE_crossfoot")).parent().unwrap();
    let mut count = 0;
    // The commands of the performance page name files that a reader brings.
    for document in documents().iter().filter(|name| *name != "docs/performance.md") {
        let here = folder(&files);
        let document_of_word = root().join("fixtures/documents/changes-pandoc.docx");
        std::fs::copy(document_of_word, here.path().join("draft.docx")).unwrap();
        let packed = zstandard("{\"id\": \"1\", \"text\": \"It has 5 schools.\"}\n");
        for name in ["2015.jsonl.zst", "2016.jsonl.zst", "ten-years.jsonl.zst", "texts.jsonl.zst"] {
            std::fs::write(here.path().join(name), &packed).unwrap();
        }
        let run = |script: &str| {
            let script = format!("set -e; PATH={}:$PATH; {script}", built.display());
            let run = Command::new("bash").args(["-c", &script]).current_dir(here.path()).output();
            let run = run.unwrap();
            (run.status.code().unwrap(), String::from_utf8(run.stderr).unwrap())
        };
        let git = "git -c init.defaultBranch=main init -q; git add .; git -c user.name=desk \
                   -c user.email=desk@example.org -c commit.gpgsign=false commit -qm all; \
                   git update-ref refs/remotes/origin/main HEAD";
        let (code, said) = run(git);
        assert_eq!(code, 0, "{said}");
        for line in blocks(&read(document), "sh").iter().flat_map(|block| block.lines()) {
            let command = line.split(" #").next().unwrap().trim();
            if !command.starts_with("crossfoot ") || NOT_RUN.contains(&command) {
                continue;
            }
            let (code, said) = run(command);
            assert!(code < 2, "{document}: {command}: {said}");
            count += 1;
        }
    }
    assert!(30 <= count, "only {count} commands");
}

/// A short text as one frame of Zstandard with one block that is not packed (RFC 8878).
fn zstandard(text: &str) -> Vec<u8> {
    let length = u8::try_from(text.len()).unwrap();
    let block = (u32::from(length) << 3 | 1).to_le_bytes();
    let head = [0x28, 0xb5, 0x2f, 0xfd, 0x20, length];
    [&head, &block[..3], text.as_bytes()].concat()
}

/// Options of cargo, of Docker, of the scripts in `benches/`, and of commands that a feature brings.
const FOREIGN: [&str; 8] =
    ["--calc", "--features", "--host", "--listen", "--network", "--only", "--seed", "--user"];

/// Commands that a feature brings, which this build may be without.
const OF_FEATURES: [&str; 2] = ["mcp", "serve"];

#[test]
fn options_that_documents_name_exist() {
    let help = |command: &[&str]| {
        let (code, out, said) = ran(&root(), &[command, &["--help"]].concat());
        assert_eq!(code, 0, "{command:?}: {said}");
        out
    };
    let listed = Regex::new(r"(?m)^  ([a-z]+) +[A-Z]").unwrap();
    let commands: Vec<(String, String)> = listed
        .captures_iter(&help(&[]))
        .map(|found| found[1].to_owned())
        .filter(|name| name != "help")
        .map(|name| (name.clone(), help(&[name.as_str()])))
        .collect();
    let all: String = commands.iter().map(|(_, help)| help.as_str()).collect();
    let has = |help: &str, option: &str| {
        Regex::new(&format!(r"(?m)^ +(?:-\w, )?{option}\b(?:[^-]|$)")).unwrap().is_match(help)
    };
    let used = Regex::new(r"\bcrossfoot ([a-z]+)((?: [^`#|\n]*)?)").unwrap();
    let option = Regex::new(r"(?:^|[ \[,])(--?[a-z][a-z-]*)").unwrap();
    let alone = Regex::new(r"`(--[a-z][^`]*)`|\bargs: (.*)").unwrap();
    let mut count = 0;
    for document in documents() {
        let text = read(&document);
        let of_commands = used.captures_iter(&text).filter_map(|found| {
            let command = commands.iter().find(|(name, _)| *name == found[1]);
            let is_known = command.is_some() || OF_FEATURES.contains(&&found[1]);
            assert!(is_known, "{document}: {}", &found[0]);
            command.map(|(_, help)| (help, found.get(2).unwrap().as_str()))
        });
        let alone = alone
            .captures_iter(&text)
            .filter(|found| !FOREIGN.iter().any(|option| found[0].contains(option)));
        let alone = alone.map(|found| (&all, found.get(1).or(found.get(2)).unwrap().as_str()));
        for (help, words) in of_commands.chain(alone) {
            for found in option.captures_iter(words) {
                assert!(has(help, &found[1]), "{document}: no option {} in: {words}", &found[1]);
                count += 1;
            }
        }
    }
    assert!(80 <= count, "only {count} options");
}

#[test]
fn the_least_version_of_rust_is_the_same_everywhere() {
    let cargo = read("Cargo.toml");
    let stated = Regex::new(r#"(?m)^rust-version = "(.*)"$"#).unwrap();
    let least = stated.captures(&cargo).unwrap()[1].to_owned();
    let told = Regex::new(r"Rust(?:\]\([^)]*\))? (\d+\.\d+) or later").unwrap();
    for document in ["README.md", "docs/ci.md"] {
        let text = read(document);
        let versions: Vec<_> = told.captures_iter(&text).map(|found| found[1].to_owned()).collect();
        assert_eq!(versions, [least.as_str()], "{document}");
    }
}

#[test]
fn the_figures_of_the_example_are_counted_as_the_program_counts_them() {
    let (_, drawn, _) = ran(&root(), &["check", "--show-coverage"]);
    assert!(!drawn.contains("claims/README.md"), "the manual is no article");
    let (_, extracted, _) = ran(&root(), &["extract", "fixtures/articles/armenia.md"]);
    let figures = drawn.lines().last().unwrap().split(' ').next().unwrap();
    let claims = read("claims/armenia.toml").matches("\n[[claim]]\n").count();
    let extracted =
        format!("`crossfoot extract` lists {} in the article", extracted.lines().count());
    assert!(read("claims/README.md").contains(&extracted), "{extracted}");
    for document in ["README.md", "claims/README.md"] {
        let words = read(document).split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(words.contains(&format!("{claims} claims")), "{document}: {claims} claims");
        assert!(words.contains(&format!("counts {figures} figures")), "{document}: {figures}");
    }
    let page = read("docs/performance.md");
    assert!(page.contains(&format!("{claims} claims with an article")), "{claims}");
}

#[test]
fn no_last_day_that_is_shown_passes() {
    let until = Regex::new(r"\buntil(?: =)? (\d{4})-\d\d-\d\d").unwrap();
    for name in documents().into_iter().chain(["src/cli/init.toml".to_owned()]) {
        for found in until.captures_iter(&read(&name)) {
            assert_eq!(&found[1], "2099", "{name}: {}", &found[0]);
        }
    }
}

#[test]
fn no_set_up_follows_a_branch() {
    let revision = Regex::new(
        r"(?m)your-organization/crossfoot@(\S+)|^ +re[fv]: (\S+)$|--(?:tag|branch|rev) (\S+)",
    )
    .unwrap();
    for document in ["README.md", "docs/ci.md"] {
        let text = read(document);
        let mut count = 0;
        for found in revision.captures_iter(&text) {
            let named = found.iter().flatten().nth(1).unwrap().as_str();
            assert_eq!(named, "TAG-OR-COMMIT", "{document}: {}", &found[0]);
            count += 1;
        }
        assert!(2 <= count, "{document}: only {count}");
    }
}
