//! `review` by its options, and on a terminal.

use std::fs;
use std::io::{Read, Write};
use std::path::Path;
use std::process::{Command, Stdio};

use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};
use rustix::termios::{LocalModes, OptionalActions, tcgetattr, tcsetattr};

use crate::support::{crossfoot, read};

const CLAIMS: &str = "\
article = \"draft.md\"

[[claim]]
id        = \"aid\"
quote     = \"an aid package of $290 million\" # the sheet
value     = \"$290 million\"
status    = \"verified\"
paragraph = 1

[[claim]]
id        = \"years\"
quote     = \"over four years\"
value     = \"four years\"
paragraph = 1

[[claim]]
id        = \"volunteers\"
quote     = \"Some 5,200 volunteers helped to build it\"
value     = \"some 5,200\"
paragraph = 2

[[claim]]
id        = \"road\"
quote     = \"The road is 31 km long\"
value     = \"31 km\"
paragraph = 2

[[claim]]
id        = \"schools\"
quote     = \"12 schools\"
value     = \"12\"
paragraph = 3
";
const DRAFT: &str = "\
The government will provide an aid package of $310 million over four years, it said.

To build it, some 5,200 volunteers helped.

It has 12 schools. There will be 12 schools in the end.
";

fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("draft.md"), DRAFT).unwrap();
    fs::write(folder.path().join("draft.toml"), CLAIMS).unwrap();
    folder
}

fn claims(folder: &Path) -> String {
    fs::read_to_string(folder.join("draft.toml")).unwrap()
}

fn run(folder: &Path, arguments: &[&str]) -> (i32, String, String) {
    let arguments: Vec<&str> = ["review", "draft.toml"].iter().chain(arguments).copied().collect();
    let run = crossfoot(folder, &arguments);
    (
        run.status.code().unwrap(),
        String::from_utf8(run.stdout).unwrap(),
        String::from_utf8(run.stderr).unwrap(),
    )
}

#[test]
fn what_drifted_is_listed() {
    let here = folder();
    let (code, out, _) = run(here.path(), &["--list"]);
    assert_eq!(code, 0);
    insta::assert_snapshot!("list", out);
    assert_eq!(claims(here.path()), CLAIMS);
}

#[test]
fn every_answer_is_an_option() {
    let here = folder();
    let (code, out, error) = run(
        here.path(),
        &[
            "--accept",
            "aid",
            "--edit",
            "volunteers=5,200",
            "--reject",
            "road",
            "--accept",
            "schools=2",
        ],
    );
    assert_eq!(code, 0, "{error}");
    insta::assert_snapshot!("answered", out);
    insta::assert_snapshot!("claims", claims(here.path()));
    // Only what was rejected is left.
    let (_, out, _) = run(here.path(), &["--list"]);
    assert_eq!(out.lines().count(), 1, "{out}");
    assert!(out.contains("road: gone"), "{out}");
}

#[test]
fn all_of_a_state_are_accepted() {
    let here = folder();
    let (code, out, _) = run(here.path(), &["--accept-all", "reworded"]);
    assert_eq!(code, 0);
    assert!(out.contains("volunteers: reworded"), "{out}");
    assert!(out.contains("3 claims are left"), "{out}");
    let (code, out, _) = run(here.path(), &["--accept-all", "--skip", "aid"]);
    assert_eq!(code, 0);
    assert!(out.contains("road: gone"), "{out}");
    assert!(out.contains("2 claims are left"), "{out}");
    assert!(claims(here.path()).contains("gone      = true"));
}

#[test]
fn a_rule_that_cannot_be_read_is_shown() {
    let here = folder();
    fs::create_dir(here.path().join("rules")).unwrap();
    fs::write(here.path().join("rules/odd.toml"), "id = 1\n").unwrap();
    let (code, out, _) = run(here.path(), &["--list"]);
    assert_eq!(code, 2);
    assert!(out.contains("rules/odd.toml"), "{out}");
}

#[test]
fn what_cannot_be_done_changes_nothing() {
    let here = folder();
    for (arguments, says) in [
        (&["--accept", "nobody"][..], "there is no claim `nobody`"),
        (&["--accept", "years"], "`years` stands as it did"),
        (&["--accept", "aid", "--accept", "schools"], "stands in 2 places"),
        (&["--accept", "aid", "--accept", "schools=3"], "stands in 2 places"),
        (&["--accept", "aid", "--reject", "aid"], "`aid` is answered twice"),
        (&["--edit", "aid=lots"], "the value \"lots\" is not understood"),
        (&["--edit", "aid"], "is to be ID=VALUE"),
        (&["--accept", "schools=0"], "the number of a place, from 1"),
        (&[], "there is no terminal to ask on"),
    ] {
        let (code, _, error) = run(here.path(), arguments);
        assert_eq!(code, 2, "{arguments:?}");
        assert!(error.contains(says), "{arguments:?}: {error}");
        assert_eq!(claims(here.path()), CLAIMS, "{arguments:?}");
    }
}

/// Claims that take over each of the eight drafts, one after another, keep up with them.
#[test]
fn a_newsroom_keeps_up_with_its_drafts() {
    let here = tempfile::tempdir().unwrap();
    let claims = read("fixtures/newsroom/claims.toml").replace("draft-1.md", "draft.md");
    fs::write(here.path().join("draft.toml"), &claims).unwrap();
    for number in 1..=8 {
        let draft = read(format!("fixtures/newsroom/draft-{number}.md"));
        fs::write(here.path().join("draft.md"), draft).unwrap();
        let (code, _, error) = run(here.path(), &["--accept-all"]);
        assert_eq!(code, 0, "draft {number}: {error}");
        assert_eq!(run(here.path(), &["--list"]).1, "", "draft {number}");
        let recorded = crossfoot(here.path(), &["record", "draft.md"]);
        assert!(recorded.status.success());
    }
    let text = self::claims(here.path());
    assert!(text.contains("# The council's own sum, in no draft."));
    assert!(text.contains("source    = { title = \"budget report\", locator = \"p. 12\" }"));
    for id in ["opening", "cost", "hearing", "approved"] {
        assert!(text.contains(&format!("= \"{id}\"")), "{id}");
    }
    // The figure was verified before it became another one.
    assert!(text.contains("value     = \"€421 million\""), "{text}");
    assert!(!text.contains("\"verified\""), "{text}");
}

/// Runs a review on a terminal of its own: what a person types at each question, and what the terminal
/// showed in all.
fn on_a_terminal(folder: &Path, answers: &[&str]) -> String {
    let terminal = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY).unwrap();
    grantpt(&terminal).unwrap();
    unlockpt(&terminal).unwrap();
    let name = ptsname(&terminal, Vec::new()).unwrap();
    let side = fs::File::options().read(true).write(true).open(name.to_str().unwrap()).unwrap();
    // What is typed is not shown, so that what is shown does not depend on when it is typed.
    let mut settings = tcgetattr(&side).unwrap();
    settings.local_modes.remove(LocalModes::ECHO);
    tcsetattr(&side, OptionalActions::Now, &settings).unwrap();
    let mut child = Command::new(env!("CARGO_BIN_EXE_crossfoot"))
        .args(["review", "draft.toml", "--color", "never"])
        .current_dir(folder)
        .env("TERM", "dumb")
        .stdin(Stdio::from(side.try_clone().unwrap()))
        .stdout(Stdio::from(side.try_clone().unwrap()))
        .stderr(Stdio::from(side))
        .spawn()
        .unwrap();
    let mut terminal = fs::File::from(terminal);
    let mut reader = terminal.try_clone().unwrap();
    let (send, receive) = std::sync::mpsc::channel();
    // The far end goes away with the program; then reading fails.
    std::thread::spawn(move || {
        let mut room = [0_u8; 4096];
        while let Ok(length @ 1..) = reader.read(&mut room) {
            let _ = send.send(room[..length].to_vec());
        }
    });
    let mut shown = Vec::new();
    let mut left = answers.iter();
    let (mut asked, mut last, mut waited) = (0, "", 0);
    loop {
        match receive.recv_timeout(std::time::Duration::from_secs(1)) {
            Ok(bytes) => {
                shown.extend(bytes);
                waited = 0;
            }
            Err(std::sync::mpsc::RecvTimeoutError::Disconnected) => break,
            // Before a key is waited for, Ctrl-C is a signal, and this is nobody's controlling terminal:
            // the key is lost.
            Err(std::sync::mpsc::RecvTimeoutError::Timeout) if last == "\u{3}" && waited < 20 => {
                waited += 1;
                terminal.write_all(last.as_bytes()).unwrap();
            }
            Err(std::sync::mpsc::RecvTimeoutError::Timeout) if waited < 20 => waited += 1,
            Err(std::sync::mpsc::RecvTimeoutError::Timeout) => {
                child.kill().unwrap();
                panic!("{answers:?}: nothing after {}", String::from_utf8_lossy(&shown));
            }
        }
        let text = String::from_utf8_lossy(&shown).into_owned();
        let questions = text.matches("\n? ").count() + text.matches("the value is ").count();
        while asked < questions {
            asked += 1;
            if let Some(answer) = left.next() {
                last = answer;
                terminal.write_all(answer.as_bytes()).unwrap();
            }
        }
    }
    assert!(child.wait().unwrap().success());
    String::from_utf8_lossy(&shown).replace("\r\n", "\n")
}

#[test]
fn a_person_is_asked_on_a_terminal() {
    let here = folder();
    // Accept the figure, edit the value after one that is not understood, mark what is gone, and say
    // which place is meant.
    let shown = on_a_terminal(here.path(), &["a", "e", "lots\n", "5,300\n", "a", "2"]);
    insta::assert_snapshot!("terminal", shown);
    insta::assert_snapshot!("claims_by_hand", claims(here.path()));
}

#[test]
fn a_review_that_is_broken_off_keeps_what_was_decided() {
    let here = folder();
    let shown = on_a_terminal(here.path(), &["xa", "q"]);
    assert!(shown.contains("1 accepted, 0 to be mended in the article, 3 left"), "{shown}");
    let text = claims(here.path());
    assert!(text.contains("$310 million"), "{text}");
    assert!(text.contains("Some 5,200 volunteers helped to build it"), "{text}");
    let shown = on_a_terminal(here.path(), &["r", "s", "s"]);
    assert!(shown.contains("0 accepted, 1 to be mended in the article, 2 left"), "{shown}");
    assert_eq!(claims(here.path()), text);
}

/// The claims after the first is accepted, the second edited, the third marked and the second place taken.
fn decided(answers: &[&str]) -> String {
    let here = folder();
    let shown = on_a_terminal(here.path(), answers);
    assert!(shown.ends_with("4 accepted, 0 to be mended in the article, 0 left\n"), "{shown}");
    claims(here.path())
}

#[test]
fn enter_behind_a_key_answers_nothing() {
    let without = decided(&["a", "e", "5,300\n", "a", "2"]);
    assert_eq!(decided(&["a\n", "e\n", "5,300\n", "a\n", "2\n"]), without);
    assert_eq!(decided(&["\n\na\r", "\ne\r", "\n5,300\r", "\na\n", "\n2\n"]), without);
}

#[test]
fn answers_may_be_typed_ahead() {
    let without = decided(&["a", "e", "5,300\n", "a", "2"]);
    assert_eq!(decided(&["ae5,300\na2"]), without);
    assert_eq!(decided(&["a\ne\n5,300\na\n2\n"]), without);
    assert_eq!(decided(&["a", "e\n5,300\n", "a", "2"]), without);
}

#[test]
fn a_value_is_no_row_of_keys_when_the_one_before_was_refused() {
    let here = folder();
    let shown =
        on_a_terminal(here.path(), &["a", "e", "lots\n", "around\n", "q\n", "some 5,300\n", "q"]);
    assert!(shown.contains("the value \"around\" is not understood"), "{shown}");
    assert!(shown.contains("the value \"q\" is not understood"), "{shown}");
    assert!(shown.ends_with("2 accepted, 0 to be mended in the article, 2 left\n"), "{shown}");
    assert!(claims(here.path()).contains("value     = \"some 5,300\""), "{}", claims(here.path()));
}

#[test]
fn escape_leaves_a_value_and_asks_again() {
    let here = folder();
    let shown = on_a_terminal(here.path(), &["s", "e", "5\u{1b}", "r", "q"]);
    assert!(shown.ends_with("0 accepted, 1 to be mended in the article, 3 left\n"), "{shown}");
    assert_eq!(claims(here.path()), CLAIMS);
}

#[test]
fn a_question_mark_says_what_each_key_does() {
    let here = folder();
    let shown = on_a_terminal(here.path(), &["?", "?\n", "q"]);
    for line in [
        "  a  accept: ",
        "  r  reject: ",
        "  e  edit: ",
        "  s  skip: ",
        "  u  undo: ",
        "  q  quit: ",
    ] {
        assert_eq!(shown.matches(line).count(), 3, "{shown}");
    }
    assert_eq!(claims(here.path()), CLAIMS);
}

#[test]
fn a_key_that_does_nothing_says_which_do() {
    let here = folder();
    let shown = on_a_terminal(here.path(), &["x", "1", "\t", "s", "s", "e", "q"]);
    for says in [
        "`x` does nothing here; the keys are a, r, e, s, u, q, and ? for help\n? ",
        "`1` does nothing here; the keys are a, r, e, s, u, q, and ? for help\n? ",
        "this key does nothing here; the keys are a, r, e, s, u, q, and ? for help\n? ",
        // What is gone has no value.
        "`e` does nothing here; the keys are a, r, s, u, q, and ? for help\n? ",
    ] {
        assert!(shown.contains(says), "{says}: {shown}");
    }
    assert_eq!(claims(here.path()), CLAIMS);
}

#[test]
fn the_last_answer_can_be_taken_back() {
    let here = folder();
    // Nothing was answered yet; then the first is accepted, taken back and rejected.
    let shown = on_a_terminal(here.path(), &["u", "a", "u", "r", "q"]);
    assert!(shown.contains("there is no answer yet to be taken back"), "{shown}");
    assert_eq!(shown.matches(" 1 of 4\n").count(), 2, "{shown}");
    assert!(shown.ends_with("0 accepted, 1 to be mended in the article, 3 left\n"), "{shown}");
    assert_eq!(claims(here.path()), CLAIMS);
    // Two back, and both again.
    let without = decided(&["a", "e", "5,300\n", "a", "2"]);
    let again = decided(&["a", "e", "5,300\n", "u", "u", "a", "e", "5,300\n", "a", "2"]);
    assert_eq!(again, without);
}

/// Twenty claims with Enter behind every key.
#[test]
fn twenty_claims_are_gone_through_with_enter_behind_every_key() {
    let here = tempfile::tempdir().unwrap();
    let draft = |plus: usize| -> String {
        let line = |at: usize| {
            format!("District {at} has {} shops in its old centre.\n\n", at * 10 + plus)
        };
        (1..=20).map(line).collect::<Vec<_>>().concat()
    };
    fs::write(here.path().join("draft.md"), draft(100)).unwrap();
    let recorded = crossfoot(here.path(), &["record", "draft.md", "-o", "draft.toml"]);
    assert!(recorded.status.success());
    fs::write(here.path().join("draft.md"), draft(101)).unwrap();
    let shown = on_a_terminal(here.path(), &["a\n"; 20]);
    assert!(shown.contains(" 17 of 20\n"), "{shown}");
    assert!(shown.contains("has [-270-] shops") && shown.contains("has {+271+} shops"), "{shown}");
    assert!(shown.ends_with("20 accepted, 0 to be mended in the article, 0 left\n"), "{shown}");
    let (code, out, _) = run(here.path(), &["--list"]);
    assert_eq!((code, &*out), (0, ""));
}

#[test]
fn the_end_of_input_quits() {
    for end in ["\u{4}", "\u{3}", "\u{1b}", "q"] {
        let here = folder();
        let shown = on_a_terminal(here.path(), &["s", end]);
        assert!(
            shown.ends_with("quit\n\n0 accepted, 0 to be mended in the article, 4 left\n"),
            "{shown}"
        );
        assert_eq!(claims(here.path()), CLAIMS);
    }
    let here = folder();
    let shown = on_a_terminal(here.path(), &["s", "e", "\u{4}"]);
    assert!(
        shown.ends_with("quit\n\n0 accepted, 0 to be mended in the article, 4 left\n"),
        "{shown}"
    );
}
