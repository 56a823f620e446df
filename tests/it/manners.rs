//! The manners of a good command: it tells how far it is, fixes what is safe, watches, and keeps quiet.

use std::fs;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};

use crate::support::{crossfoot_with, folder, ran};

const WRONG: &str = "Membership fell by 50 percent, from 146,000 in 2019 to 100,000 last year.\n";
const RIGHT: &str = "Membership fell by 50 percent, from 146,000 in 2019 to 73,000 last year.\n";

#[test]
fn quiet_says_findings_and_nothing_else() {
    let here =
        folder(&[("a.md", WRONG), ("b.md", "Nothing.\n"), ("x/c.md", RIGHT), ("x/d.png", "")]);
    let here = here.path();
    for format in ["human", "short", "github"] {
        let (code, out, said) = ran(here, &["check", "x", "--quiet", "--format", format]);
        assert_eq!((code, &*out, &*said), (0, "", ""), "{format}");
        let (code, out, _) = ran(here, &["check", "a.md", "-q", "--format", format]);
        assert_eq!(code, 1);
        assert!(out.contains("wrong-percent-change"), "{out}");
        assert!(!out.contains("compared in"), "{out}");
    }
    fs::write(here.join("old.txt"), b"Caf\xe9s earned 5 percent more.\n").unwrap();
    assert_eq!(ran(here, &["check", "old.txt", "-q"]).2, "");
}

#[test]
fn statistics_count_each_rule() {
    let here = folder(&[("a.md", WRONG), ("b.md", WRONG), ("c.md", "It met on 08/07/2025.\n")]);
    let (code, out, _) = ran(here.path(), &["check", ".", "--statistics"]);
    assert_eq!(code, 1);
    assert!(
        out.starts_with(
            "     2  error    wrong-percent-change      a change from one figure to another does not \
             come to the stated percentage\n     1  note     ambiguous-date "
        ),
        "{out}"
    );
    assert!(out.contains("2 errors, 1 note; 2 dates need the day of publication"), "{out}");
    // Reports in files are whole.
    let (_, _, _) = ran(here.path(), &["check", ".", "--statistics", "-o", "json=all.json"]);
    let text = fs::read_to_string(here.path().join("all.json")).unwrap();
    assert_eq!(text.matches("\"message\"").count(), 3, "{text}");
}

const CLAIMS: &str = "\
article = \"draft.md\"
[[claim]]
id = \"members\"
quote = \"the party had 146,000 members in 2019\" # the sheet
value = \"146,000\"
[[claim]]
id = \"later\"
quote = \"100,000 last year\"
value = \"100,000\"
[[claim]]
id = \"seats\"
quote = \"33 of the seats\"
value = \"33\"
";

#[test]
fn what_is_safe_is_fixed_and_nothing_else() {
    let edited = "The party had “146,000 members” in 2019.\n\nIt had 103,000 last year.\n\n\
                  It won 33 of the seats.\n";
    let here = folder(&[("draft.md", edited), ("draft.toml", CLAIMS)]);
    let here = here.path();
    let claims = || fs::read_to_string(here.join("draft.toml")).unwrap();
    let (code, out, _) = ran(here, &["check", "draft.toml", "--diff"]);
    assert_eq!(code, 1, "{out}");
    assert!(out.starts_with("--- draft.toml\n+++ draft.toml\n@@"), "{out}");
    assert_eq!(out.matches("\n-").count(), 1, "{out}");
    assert_eq!(out.matches("\n+").count(), 2, "with the name of the file: {out}");
    assert_eq!(claims(), CLAIMS);
    let (code, out, said) = ran(here, &["check", "draft.toml", "--fix", "--format", "short"]);
    assert!(said.contains("1 quote is taken over as it stands now"), "{said}");
    assert!(!out.contains("reworded-quote"), "{out}");
    // Another figure is for a person to decide.
    assert_eq!(code, 1);
    assert!(out.contains("changed-figure"), "{out}");
    let fixed = claims();
    assert!(fixed.contains("146,000 members"), "{fixed}");
    assert!(fixed.contains("# the sheet"), "{fixed}");
    assert!(fixed.contains("quote = \"100,000 last year\""), "{fixed}");
    let (code, out, _) = ran(here, &["check", "draft.toml", "--diff"]);
    assert_eq!((code, &*out), (0, ""));
}

#[test]
fn other_words_are_for_a_person_to_take_over() {
    for (was, now) in [
        ("Profit rose by 5 percent", "Profit fell by 5 percent"),
        ("Some 12 bridges are closed", "Some 12 bridges are not closed"),
        ("The mill hired 70 people", "The mill fired 70 people"),
        ("The town has 40 schools", "The town has 40 school buses"),
        ("Ulm has 40 schools and is proud", "Bonn has 40 schools and is proud"),
        ("Repairs cost $30 million", "Repairs cost A$30 million"),
    ] {
        let here = folder(&[("draft.md", &format!("It is so. {was}, it said.\n"))]);
        let here = here.path();
        assert_eq!(ran(here, &["record", "draft.md"]).0, 0);
        let claims = fs::read_to_string(here.join("claims/draft.toml")).unwrap();
        fs::write(here.join("draft.md"), format!("It is so. {now}, it said.\n")).unwrap();
        let (_, _, said) = ran(here, &["check", "--fix"]);
        assert_eq!(said, "", "{now}");
        assert_eq!(fs::read_to_string(here.join("claims/draft.toml")).unwrap(), claims, "{now}");
    }
}

#[test]
fn standard_input_is_checked_once_whatever_is_fixed() {
    let here = folder(&[]);
    let run =
        crossfoot_with(here.path(), &["check", "-", "--fix", "--format", "short"], WRONG, &[]);
    assert_eq!(run.status.code(), Some(1));
    let out = String::from_utf8(run.stdout).unwrap();
    assert!(out.starts_with("<stdin>:1:20: error[wrong-percent-change]"), "{out}");
    let run = crossfoot_with(here.path(), &["check", "-", "--diff"], WRONG, &[]);
    assert_eq!((run.status.code(), run.stdout.len()), (Some(0), 0));
}

/// A program that goes on, ended by its id.
struct Watching {
    child: Child,
    printed: Receiver<String>,
    said: Receiver<String>,
}

impl Drop for Watching {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The lines of a pipe as they come.
fn lines(pipe: impl Read + Send + 'static) -> Receiver<String> {
    let (send, lines) = channel();
    std::thread::spawn(move || {
        for line in BufReader::new(pipe).lines().map_while(Result::ok) {
            let _ = send.send(line);
        }
    });
    lines
}

/// Waits for a line of one pipe, however long it takes: only a program that is stuck fails.
fn wait_for(lines: &Receiver<String>, words: &str) {
    let mut seen = Vec::new();
    while let Ok(line) = lines.recv_timeout(Duration::from_secs(300)) {
        if line.contains(words) {
            return;
        }
        seen.push(line);
    }
    panic!("{words} does not come: {seen:#?}");
}

impl Watching {
    fn new(folder: &Path, arguments: &[&str]) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_crossfoot"))
            .args(arguments)
            .current_dir(folder)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let printed = lines(child.stdout.take().unwrap());
        let said = lines(child.stderr.take().unwrap());
        Self { child, printed, said }
    }

    /// Waits until a line is printed.
    fn prints(&self, words: &str) {
        wait_for(&self.printed, words);
    }

    /// Waits until a line is said on standard error.
    fn says(&self, words: &str) {
        wait_for(&self.said, words);
    }
}

/// Each step waits for what the one before came to, and for nothing else: a change may be seen in two
/// parts, and the two pipes keep no order between them.
#[test]
fn a_change_is_checked_while_watching() {
    let here = folder(&[("news/a.md", RIGHT), ("news/notes.png", "")]);
    let here = here.path();
    let watching = Watching::new(
        here,
        &["check", "news", "--watch", "--format", "short", "-o", "json=news/r.json"],
    );
    watching.prints("no contradiction");
    watching.says("watching; Ctrl-C ends it");
    fs::write(here.join("news/a.md"), WRONG).unwrap();
    watching.prints("news/a.md:1:20: error[wrong-percent-change]");
    // As editors write: beside, and then over it.
    fs::write(here.join("news/.a.md.swp"), RIGHT).unwrap();
    fs::rename(here.join("news/.a.md.swp"), here.join("news/a.md")).unwrap();
    watching.prints("no contradiction");
    // A new text.
    fs::write(here.join("news/b.md"), WRONG).unwrap();
    watching.prints("news/b.md:1:20: error[wrong-percent-change]");
    watching.says("watching");
}

#[test]
fn standard_input_is_not_watched() {
    let here = folder(&[]);
    let (code, _, said) = ran(here.path(), &["check", "-", "--watch"]);
    assert_eq!(code, 2);
    assert!(said.contains("standard input comes once"), "{said}");
}

#[test]
fn progress_is_for_a_terminal_and_gone_in_the_end() {
    let here = tempfile::tempdir().unwrap();
    // Enough to be waited for; the release build is faster.
    let paragraphs = if cfg!(debug_assertions) { 150 } else { 400 };
    let text =
        "Of 64 members, 33 voted for it and 20 against on 4 March 2025.\n\n".repeat(paragraphs);
    for number in 0..300 {
        fs::write(here.path().join(format!("{number}.md")), &text).unwrap();
    }
    let control = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY).unwrap();
    grantpt(&control).unwrap();
    unlockpt(&control).unwrap();
    let name = ptsname(&control, Vec::new()).unwrap();
    let terminal =
        fs::OpenOptions::new().read(true).write(true).open(name.to_str().unwrap()).unwrap();
    let mut child = Command::new(env!("CARGO_BIN_EXE_crossfoot"))
        .args(["check", ".", "--format", "short", "--jobs", "1"])
        .current_dir(here.path())
        .env("TERM", "xterm")
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(terminal)
        .spawn()
        .unwrap();
    let reader = std::thread::spawn(move || {
        let mut drawn = Vec::new();
        // The other end is gone when the program ends, which reads as an error.
        let _ = fs::File::from(control).read_to_end(&mut drawn);
        String::from_utf8_lossy(&drawn).into_owned()
    });
    assert!(child.wait().unwrap().success());
    let drawn = reader.join().unwrap();
    assert!(drawn.contains("of 300 texts"), "{drawn:?}");
    // The line is wiped.
    assert!(drawn.trim_end().ends_with("\u{1b}[2K") || drawn.ends_with("\u{1b}[K"), "{drawn:?}");
    // Nothing of it where there is no terminal.
    assert_eq!(ran(here.path(), &["check", ".", "--format", "short"]).2, "");
}

#[test]
fn misspelt_words_are_understood() {
    let here = folder(&[("a.md", WRONG)]);
    for (arguments, hint) in [
        (&["chekc"][..], "'check'"),
        (&["check", "--stat"], "--statistics"),
        (&["check", "--deny-warning"], "--deny-warnings"),
        (&["check", "a.md", "--format", "sarfi"], "'sarif'"),
        (&["check", "a.md", "--select", "wrong-rat"], "did you mean `wrong-rate`?"),
        (&["check", "a.md", "--level", "wrong-rat=note"], "did you mean `wrong-rate`?"),
        (&["check", "a.md", "--level", "wrong-rate=fatal"], "error, warning, note, off"),
        (
            &["check", "a.md", "--published", "tomorrow"],
            "this is no day; it is written as 2025-08-07",
        ),
        (&["check", "a.md", "--jobs", "0"], "a whole number from 1 on"),
        (&["report", "a.md", "-o", "a.json"], "a report is a page (.html)"),
        (&["check", "a.md", "--diff", "-o", "a.json"], "cannot be used with"),
        (&["explain", "wrong-rat"], "did you mean `wrong-rate`?"),
        (&["man", "chekc"], "did you mean `check`?"),
    ] {
        let (code, _, said) = ran(here.path(), arguments);
        assert_eq!(code, 2, "{arguments:?}");
        assert!(said.contains(hint), "{arguments:?}: {said}");
    }
}

#[test]
fn shells_complete_every_command() {
    let here = folder(&[]);
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let (code, out, _) = ran(here.path(), &["completions", shell]);
        assert_eq!(code, 0, "{shell}");
        for word in ["check", "write-baseline", "report"] {
            assert!(out.contains(word), "{shell}: {word}");
        }
    }
    // Bash itself takes it.
    let (_, out, _) = ran(here.path(), &["completions", "bash"]);
    let script = here.path().join("completions.bash");
    fs::write(&script, out).unwrap();
    let command = format!(
        "source {}; COMP_WORDS=(crossfoot che); COMP_CWORD=1; _crossfoot crossfoot che crossfoot; \
         echo \"${{COMPREPLY[@]}}\"",
        script.display()
    );
    let shell = Command::new("bash").args(["-c", &command]).output().unwrap();
    assert_eq!(String::from_utf8(shell.stdout).unwrap(), "check\n");
}

#[test]
fn there_is_a_manual_page_for_every_command() {
    let here = folder(&[]);
    let (code, out, _) = ran(here.path(), &["man", "--dir", "man1"]);
    assert_eq!(code, 0);
    let (_, help, _) = ran(here.path(), &["help"]);
    let commands = help.lines().skip_while(|line| *line != "Commands:").skip(1);
    let commands = commands.take_while(|line| line.starts_with("  "));
    // A line that goes on is further in.
    let commands = commands.filter(|line| !line.starts_with("   "));
    let names: Vec<&str> = commands
        .filter_map(|line| line.split_whitespace().next())
        .filter(|name| *name != "help")
        .collect();
    assert!(12 <= names.len(), "{names:?}");
    assert!(out.starts_with(&format!("{} pages", names.len() + 1)), "{out}");
    for name in &names {
        let page =
            fs::read_to_string(here.path().join(format!("man1/crossfoot-{name}.1"))).unwrap();
        let title = format!(".TH CROSSFOOT-{}", name.to_uppercase());
        assert!(page.contains(&title), "{name}: {page}");
        assert!(page.contains(&format!("crossfoot\\-{name}")), "{name}: {page}");
    }
    let (_, page, _) = ran(here.path(), &["man", "check"]);
    assert!(page.contains("write\\-baseline"), "{page}");
    let (_, page, _) = ran(here.path(), &["man"]);
    assert!(page.contains(".TH CROSSFOOT 1") || page.contains(".TH CROSSFOOT  1"), "{page}");
}

#[test]
fn a_page_is_written_by_its_ending() {
    let here = folder(&[("a.md", WRONG)]);
    for (name, begins) in
        [("a.html", "<!doctype html>"), ("b.md", "## Figures"), ("c.csv", "claims_file,")]
    {
        let path = format!("out/{name}");
        fs::create_dir_all(here.path().join("out")).unwrap();
        let (code, out, said) = ran(here.path(), &["report", "a.md", "-o", &path]);
        assert_eq!((code, &*out, &*said), (0, "", ""), "{name}");
        let text = fs::read_to_string(here.path().join(path)).unwrap();
        assert!(text.starts_with(begins), "{name}: {text}");
    }
    let (_, out, _) = ran(here.path(), &["report", "a.md"]);
    assert!(out.starts_with("<!doctype html>"), "{out}");
}
