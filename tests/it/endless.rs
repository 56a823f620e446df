//! What has no end, or is no file: pipes, devices and links where files are looked for, and files without
//! measure.
#![cfg(unix)]

use std::fs::{self, File};
use std::os::unix::fs::symlink;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

use crate::support::{crossfoot_with, folder, ran};

const DRAFT: &str = "Aid rose from $40 to $60, up 50 percent.\n";

fn pipe(path: &Path) {
    let made = Command::new("mkfifo").arg(path).status().unwrap();
    assert!(made.success());
}

/// Runs the program in a folder; one that hangs is ended.
fn in_time(folder: &Path, arguments: &[&str]) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_crossfoot"))
        .args(arguments)
        .current_dir(folder)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let begun = Instant::now();
    while child.try_wait().unwrap().is_none() {
        if Duration::from_secs(30) < begun.elapsed() {
            child.kill().unwrap();
            panic!("{arguments:?} hangs");
        }
        std::thread::sleep(Duration::from_millis(20));
    }
    child.wait_with_output().unwrap()
}

/// What it says on both ways, and its exit code.
fn said(folder: &Path, arguments: &[&str]) -> (i32, String) {
    let run = in_time(folder, arguments);
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (run.status.code().unwrap(), text(run.stderr) + &text(run.stdout))
}

const COMMANDS: [&[&str]; 11] = [
    &["check", "a.md"],
    &["check"],
    &["check", "."],
    &["check", "a.md", "--fix"],
    &["check", "a.md", "--show-settings"],
    &["report", "a.md", "--format", "csv"],
    &["review", "a.md", "--list"],
    &["diff", "a.md", "a.md"],
    &["record", "a.md"],
    &["extract", "."],
    &["extract", "a.md"],
];

#[test]
fn a_pipe_or_a_device_beside_a_draft_is_passed_over() {
    for special in ["pipe", "device"] {
        let here = folder(&[("a.md", DRAFT)]);
        for name in ["x.toml", "b.md", "c.txt"] {
            match special {
                "pipe" => pipe(&here.path().join(name)),
                _ => symlink("/dev/zero", here.path().join(name)).unwrap(),
            }
        }
        for arguments in COMMANDS {
            let (code, said) = said(here.path(), arguments);
            assert_eq!(code, 0, "{arguments:?}: {said}");
        }
        let told = format!("3 other files in these folders were not read: 3 {special}s\n");
        let (_, said) = said(here.path(), &["check", "."]);
        assert!(said.ends_with(&told), "{said}");
    }
}

#[test]
fn a_pipe_in_the_place_of_a_file_that_is_looked_for_is_told() {
    for name in ["crossfoot.toml", "rules/x.toml", ".gitignore", ".ignore"] {
        let here = folder(&[("a.md", DRAFT), ("rules/note.txt", "")]);
        pipe(&here.path().join(name));
        for arguments in COMMANDS {
            let (code, said) = said(here.path(), arguments);
            let is_looked_at =
                !name.ends_with("ignore") || [COMMANDS[2], &["check"]].contains(&arguments);
            assert!(!is_looked_at || code == 2, "{name} {arguments:?}: {said}");
            let told = format!("{name}: this is a pipe, not a file");
            assert!(!is_looked_at || said.contains(&told), "{name} {arguments:?}: {said}");
        }
    }
    // Below the folder that is named.
    let here = folder(&[("a.md", DRAFT), ("deep/b.md", DRAFT)]);
    symlink("/dev/zero", here.path().join("deep/.gitignore")).unwrap();
    let (code, told) = said(here.path(), &["check", "."]);
    assert_eq!(code, 2);
    let expected = "deep/.gitignore: this is a device, not a file; the folder is not read";
    assert!(told.contains(expected), "{told}");
    assert!(told.contains("3 figures"), "{told}");
}

#[test]
fn a_pipe_named_claims_is_no_folder() {
    let here = folder(&[("a.md", DRAFT)]);
    pipe(&here.path().join("claims"));
    let (code, said) = said(here.path(), &["check"]);
    assert_eq!(code, 0, "{said}");
    assert!(said.contains("1 pipe"), "{said}");
}

#[test]
fn an_article_that_a_claims_file_names_is_a_file() {
    let claims = "article = \"x.md\"\n[[claim]]\nid = \"a\"\nvalue = \"3\"\nquote = \"3\"\n";
    let here = folder(&[("x.toml", claims)]);
    pipe(&here.path().join("x.md"));
    let (code, said) = said(here.path(), &["check", "x.toml", "--format", "short"]);
    assert_eq!(code, 2);
    assert!(said.contains("the article x.md cannot be read: this is a pipe, not a file"), "{said}");
}

#[test]
fn files_without_measure_are_not_read() {
    let here = folder(&[
        ("a.md", DRAFT),
        ("k.toml", "article = \"big.md\"\n[[claim]]\nid = \"a\"\nvalue = \"3\"\nquote = \"3\"\n"),
    ]);
    let sparse = |name: &str, size: u64| {
        File::create(here.path().join(name)).unwrap().set_len(size).unwrap();
    };
    sparse("big.md", (64 << 20) + 1);
    sparse("big.toml", (128 << 20) + 1);
    let (article, toml) = ("this is larger than 64 MiB", "this is larger than 128 MiB");
    for (arguments, told) in [
        (&["check", "big.md"][..], article),
        (&["extract", "big.md"], article),
        (&["check", "big.toml"], toml),
        (&["check", "."], article),
        (&["check", "."], toml),
        (&["check", "k.toml"], article),
        // It may be the claims file of the draft.
        (&["check", "a.md"], toml),
        (&["check", "a.md", "--config", "big.toml"], toml),
        (&["check", "a.md", "--baseline", "big.toml"], toml),
        (&["check", "/dev/zero"], article),
    ] {
        let (code, said) = said(here.path(), arguments);
        assert_eq!(code, 2, "{arguments:?}: {said}");
        assert!(said.contains(told), "{arguments:?}: {said}");
    }
    // The folder has it, and it is beside the draft; it is told once.
    let (_, twice) = said(here.path(), &["check", "."]);
    assert_eq!(twice.matches("crossfoot: big.toml").count(), 1, "{twice}");
    fs::rename(here.path().join("big.toml"), here.path().join("crossfoot.toml")).unwrap();
    let (code, said) = said(here.path(), &["check", "a.md"]);
    assert_eq!(code, 2);
    assert!(said.contains("crossfoot.toml: this is larger than 128 MiB"), "{said}");
}

#[test]
fn standard_input_and_lines_have_a_limit() {
    let here = folder(&[]);
    let zeros = || Stdio::from(File::open("/dev/zero").unwrap());
    for (arguments, told) in [
        (&["check", "-"][..], "<stdin>: this is larger than 64 MiB"),
        (&["extract", "-"], "-: this is larger than 64 MiB"),
        (&["extract", "--stdin-filename", "x.jsonl", "-"], "x.jsonl:1: this is larger than 64 MiB"),
    ] {
        let run = Command::new(env!("CARGO_BIN_EXE_crossfoot"))
            .args(arguments)
            .current_dir(here.path())
            .stdin(zeros())
            .output()
            .unwrap();
        assert_eq!(run.status.code(), Some(2));
        let err = String::from_utf8(run.stderr).unwrap();
        assert!(err.contains(told), "{arguments:?}: {err}");
    }
}

#[test]
fn a_pipe_that_is_named_is_read_as_plain_text() {
    let here = folder(&[("a.md", DRAFT)]);
    let run = |arguments: &[&str], input: &str| {
        let run = crossfoot_with(here.path(), arguments, input, &[]);
        let err = String::from_utf8(run.stderr).unwrap();
        (run.status.code().unwrap(), String::from_utf8(run.stdout).unwrap() + &err)
    };
    let wrong = "Aid rose from $40 to $60, up 90 percent.\n";
    let (code, out) = run(&["check", "/dev/stdin", "--format", "short"], wrong);
    assert_eq!(code, 1, "{out}");
    assert!(out.starts_with("/dev/stdin:1:30: error[wrong-percent-change]"), "{out}");
    let (code, out) = run(&["extract", "/dev/stdin"], wrong);
    assert_eq!(code, 0, "{out}");
    assert!(out.starts_with("/dev/stdin:1:15"), "{out}");
    let (code, out) = run(&["diff", "/dev/stdin", "a.md"], wrong);
    assert_eq!(code, 0, "{out}");
    assert!(out.contains("90 percent"), "{out}");
    // Claims are known by what they say.
    let claims = "[[claim]]\nid = \"a\"\nvalue = \"31 %\"\n[[assert]]\nthat = \"a > 50 %\"\n";
    let (code, out) = run(&["check", "/dev/stdin", "--format", "short"], claims);
    assert_eq!(code, 1, "{out}");
    // What is recorded is a file that can be read again.
    let (code, out) = run(&["record", "/dev/stdin"], wrong);
    assert_eq!(code, 2, "{out}");
    assert!(out.contains("this is a pipe, not a file"), "{out}");
    // A file without an ending is not guessed at.
    fs::write(here.path().join("draft"), wrong).unwrap();
    assert_eq!(ran(here.path(), &["check", "draft"]).0, 2);
}

#[test]
fn a_link_within_a_folder_is_read_once() {
    let here = folder(&[("a.md", DRAFT)]);
    symlink("a.md", here.path().join("latest.md")).unwrap();
    symlink("nowhere.md", here.path().join("dangling.md")).unwrap();
    symlink("/etc/passwd", here.path().join("stray.md")).unwrap();
    let (code, out, _) = ran(here.path(), &["check", "."]);
    assert_eq!(code, 0);
    assert_eq!(
        out,
        "3 figures: 3 compared in 2 relations, no contradiction\n\
         2 other files in these folders were not read: 2 links\n"
    );
}
