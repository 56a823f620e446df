//! What is written: never over what was read, whole or not at all, and with an error where it cannot be.

use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use crate::support::{FORMATS, RULE, crossfoot, folder, ran};

const DRAFT: &str = "Membership fell by 50 percent, from 146,000 in 2019 to 100,000 last year. It has 12 offices.\n";
const CLAIMS: &str =
    "article = \"../draft.md\"\n[[claim]]\nid = \"a\"\nquote = \"12 offices\"\nvalue = \"12\"\n";

fn desk() -> tempfile::TempDir {
    folder(&[
        ("draft.md", DRAFT),
        ("other.md", "It has 13 offices.\n"),
        ("lines.jsonl", "{\"id\": \"x\", \"text\": \"It has 13 offices.\"}\n"),
        ("claims/draft.toml", CLAIMS),
        ("settings.toml", "colour = 1\n"),
        ("crossfoot.toml", ""),
        ("known.toml", "# What is known.\n"),
        ("rules/too-many-copies.toml", RULE),
        ("rules/lexicon/names.toml", "# No names of our own.\n"),
    ])
}

/// All files of a folder and those below, each with its text.
fn all(folder: &Path) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(all(&path));
        } else {
            let text = String::from_utf8_lossy(&fs::read(&path).unwrap_or_default()).into_owned();
            found.push((path.display().to_string(), text));
        }
    }
    found.sort();
    found
}

/// Runs a command that is refused, and leaves everything as it was.
fn refused(here: &Path, arguments: &[&str]) {
    let before = all(here);
    let (code, _, said) = ran(here, arguments);
    assert_eq!(code, 2, "{arguments:?}: {said}");
    assert!(said.contains("is a file that was read"), "{arguments:?}: {said}");
    assert_eq!(all(here), before, "{arguments:?}");
}

#[test]
fn no_output_goes_over_what_was_read() {
    let here = desk();
    let here = here.path();
    let read = [
        "draft.md",
        "./draft.md",
        "claims/../draft.md",
        "claims/draft.toml",
        "settings.toml",
        "crossfoot.toml",
        "rules/too-many-copies.toml",
        "rules/lexicon/names.toml",
    ];
    for output in read {
        refused(here, &["check", ".", "-o", output]);
        refused(here, &["report", ".", "--format", "markdown", "-o", output]);
    }
    for output in ["draft.md", "other.md", "lines.jsonl", "crossfoot.toml"] {
        refused(here, &["extract", "lines.jsonl", ".", "-o", output]);
    }
    let absolute = here.join("draft.md");
    refused(here, &["extract", ".", "-o", absolute.to_str().unwrap()]);
    refused(here, &["extract", "draft.md", "-o", "draft.md"]);
    for output in ["draft.md", "other.md", "claims/draft.toml", "rules/too-many-copies.toml"] {
        refused(here, &["diff", "draft.md", "other.md", "-o", output]);
    }
    for output in
        ["draft.md", "crossfoot.toml", "rules/too-many-copies.toml", "rules/lexicon/names.toml"]
    {
        refused(here, &["record", "draft.md", "-o", output]);
    }
}

#[test]
fn no_format_goes_over_what_was_read() {
    let here = desk();
    for format in FORMATS {
        refused(here.path(), &["check", ".", "-o", &format!("{format}=draft.md")]);
    }
    for format in ["human", "json", "markdown", "notice"] {
        let arguments = ["diff", "draft.md", "other.md", "--format", format, "-o", "draft.md"];
        refused(here.path(), &arguments);
    }
}

#[cfg(unix)]
#[test]
fn another_name_of_what_was_read_is_no_other_file() {
    let here = desk();
    let here = here.path();
    fs::hard_link(here.join("draft.md"), here.join("hard.out")).unwrap();
    std::os::unix::fs::symlink("draft.md", here.join("soft.out")).unwrap();
    std::os::unix::fs::symlink("claims", here.join("folder")).unwrap();
    for output in ["hard.out", "soft.out", "folder/draft.toml"] {
        refused(here, &["check", "claims", "draft.md", "-o", output]);
        refused(here, &["report", "draft.md", "-o", output, "--format", "html"]);
    }
    for output in ["hard.out", "soft.out"] {
        refused(here, &["extract", ".", "-o", output]);
        refused(here, &["extract", "draft.md", "-o", output]);
        refused(here, &["diff", "draft.md", "other.md", "-o", output]);
    }
}

#[cfg(target_os = "linux")]
#[test]
fn the_file_that_standard_input_comes_from_is_read_too() {
    let here = desk();
    for command in ["check", "extract"] {
        let before = all(here.path());
        let run = Command::new(env!("CARGO_BIN_EXE_crossfoot"))
            .args([command, "-", "-o", "draft.md"])
            .current_dir(here.path())
            .stdin(fs::File::open(here.path().join("draft.md")).unwrap())
            .output()
            .unwrap();
        assert_eq!(run.status.code(), Some(2), "{command}");
        assert_eq!(all(here.path()), before, "{command}");
    }
}

#[test]
fn claims_are_recorded_in_a_claims_file_only() {
    let here = desk();
    let here = here.path();
    for output in
        ["notes.txt", "other.md", "-", "new/crossfoot.toml", "settings.toml", "known.toml/x.toml"]
    {
        let before = all(here);
        let (code, _, said) = ran(here, &["record", "draft.md", "-o", output]);
        assert_eq!(code, 2, "{output}: {said}");
        assert_eq!(all(here), before, "{output}");
    }
    fs::remove_file(here.join("crossfoot.toml")).unwrap();
    let (code, _, said) = ran(here, &["record", "draft.md", "-o", "crossfoot.toml"]);
    assert_eq!(code, 2);
    assert!(said.contains("crossfoot.toml cannot be a claims file"), "{said}");
    assert_eq!(ran(here, &["record", "draft.md", "-o", "new/claims.toml"]).0, 0);
}

#[test]
fn the_known_findings_go_to_a_file_of_their_own() {
    let here = desk();
    let here = here.path();
    for output in ["claims/draft.toml", "draft.md", "crossfoot.toml", "settings.toml"] {
        let before = all(here);
        let (code, _, said) = ran(here, &["check", ".", "--write-baseline", output]);
        assert_eq!(code, 2, "{output}: {said}");
        assert!(said.contains("is no file of known findings"), "{output}: {said}");
        assert_eq!(all(here), before, "{output}");
    }
    for _ in 0..2 {
        let (code, _, said) = ran(here, &["check", ".", "--write-baseline", "known.toml"]);
        assert_eq!(code, 0, "{said}");
    }
    for option in ["--baseline", "--write-baseline"] {
        for output in ["known.toml", "./known.toml"] {
            let before = all(here);
            let output = format!("json={output}");
            let (code, _, said) = ran(here, &["check", ".", option, "known.toml", "-o", &output]);
            assert_eq!(code, 2);
            assert!(said.contains("is the baseline"), "{said}");
            assert_eq!(all(here), before);
        }
    }
    let (code, ..) = ran(here, &["check", ".", "--write-baseline", "n.toml", "-o", "json=n.toml"]);
    assert_eq!(code, 2);
    assert!(!here.join("n.toml").exists());
}

#[cfg(unix)]
#[test]
fn two_reports_do_not_go_to_one_file_by_two_names() {
    let here = desk();
    let here = here.path();
    fs::write(here.join("a.json"), "").unwrap();
    std::os::unix::fs::symlink("a.json", here.join("b.json")).unwrap();
    fs::hard_link(here.join("a.json"), here.join("c.json")).unwrap();
    for other in ["b.json", "c.json", "claims/../a.json"] {
        let (code, _, said) =
            ran(here, &["check", "draft.md", "-o", "json=a.json", "-o", &format!("sarif={other}")]);
        assert_eq!(code, 2);
        assert!(said.contains("two reports cannot both go to"), "{said}");
    }
    assert_eq!(fs::read_to_string(here.join("a.json")).unwrap(), "");
}

#[test]
fn a_folder_that_is_not_there_is_named() {
    let here = desk();
    for command in [
        &["check", "draft.md", "-o", "no/such/a.json"][..],
        &["report", "draft.md", "-o", "no/such/a.html"],
        &["extract", "draft.md", "-o", "no/such/a.txt"],
        &["diff", "draft.md", "other.md", "-o", "no/such/a.txt"],
        &["check", "draft.md", "--write-baseline", "no/such/a.toml"],
    ] {
        let (code, _, said) = ran(here.path(), command);
        assert_eq!(code, 2, "{command:?}");
        assert!(said.contains("cannot be written: there is no folder no/such"), "{said}");
    }
}

#[cfg(unix)]
#[test]
fn a_pipe_is_written_to_and_a_link_stays_a_link() {
    let here = desk();
    let here = here.path();
    let table = ran(here, &["extract", "draft.md"]).1;
    assert!(table.contains("146,000"), "{table}");
    for output in ["-", "/dev/stdout"] {
        assert_eq!(ran(here, &["extract", "draft.md", "-o", output]).1, table, "{output}");
    }
    let compared = ran(here, &["diff", "draft.md", "other.md"]).1;
    assert_eq!(ran(here, &["diff", "draft.md", "other.md", "-o", "-"]).1, compared);
    assert!(!here.join("-").exists());
    // One that leads to a file that is not there yet, too.
    fs::create_dir(here.join("out")).unwrap();
    std::os::unix::fs::symlink("out/table.txt", here.join("table.txt")).unwrap();
    for _ in 0..2 {
        assert_eq!(ran(here, &["extract", "draft.md", "-o", "table.txt"]).0, 0);
        assert!(here.join("table.txt").is_symlink());
        assert_eq!(fs::read_to_string(here.join("out/table.txt")).unwrap(), table);
    }
}

#[cfg(unix)]
#[test]
fn a_private_file_stays_private() {
    use std::os::unix::fs::PermissionsExt;

    let here = desk();
    let path = here.path().join("table.txt");
    fs::write(&path, "").unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).unwrap();
    assert_eq!(ran(here.path(), &["extract", "draft.md", "-o", "table.txt"]).0, 0);
    assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
}

/// Every command that prints, with where it does.
const PRINTS: [&[&str]; 21] = [
    &["--help"],
    &["--version"],
    &["help"],
    &["help", "check"],
    &["check", "--help"],
    &["rules"],
    &["rules", "--markdown"],
    &["rules", "--measured"],
    &["rules", "--test"],
    &["schema", "claims"],
    &["completions", "bash"],
    &["man"],
    &["man", "--dir", "man1"],
    &["explain", "wrong-rate"],
    &["explain", "draft.md:1"],
    &["extract", "draft.md"],
    &["check", "draft.md"],
    &["check", "draft.md", "--show-settings"],
    &["report", "draft.md"],
    &["diff", "draft.md", "other.md"],
    &["record", "draft.md", "-o", "new.toml"],
];

#[cfg(target_os = "linux")]
#[test]
fn what_cannot_be_printed_is_an_error() {
    for arguments in PRINTS.into_iter().chain([&["init"][..]]) {
        let here = folder(&[("draft.md", DRAFT), ("other.md", "It has 13 offices.\n")]);
        let run = Command::new(env!("CARGO_BIN_EXE_crossfoot"))
            .args(arguments)
            .current_dir(here.path())
            .stdin(Stdio::null())
            .stdout(fs::File::options().write(true).open("/dev/full").unwrap())
            .output()
            .unwrap();
        let said = String::from_utf8(run.stderr).unwrap();
        assert_eq!(run.status.code(), Some(2), "{arguments:?}: {said}");
        assert!(said.contains("standard output cannot be written"), "{arguments:?}: {said}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_standard_error_is_no_crash() {
    for (arguments, code) in [
        (&["report", "draft.md", "--min-coverage", "100", "-o", "a.html"][..], 1),
        (&["check", "nothing.md"], 2),
        (&["chekc"], 2),
    ] {
        let here = folder(&[("draft.md", DRAFT)]);
        let run = Command::new(env!("CARGO_BIN_EXE_crossfoot"))
            .args(arguments)
            .current_dir(here.path())
            .stderr(fs::File::options().write(true).open("/dev/full").unwrap())
            .output()
            .unwrap();
        assert_eq!(run.status.code(), Some(code), "{arguments:?}");
    }
}

/// Runs the program where no file can have a byte, as on a full disk; `first` goes before it in the shell.
#[cfg(unix)]
fn on_a_full_disk(here: &Path, first: &str, arguments: &[&str]) -> Output {
    let script = format!("{first} ulimit -f 0; exec \"$0\" \"$@\"");
    Command::new("bash")
        .args(["-c", &script, env!("CARGO_BIN_EXE_crossfoot")])
        .args(arguments)
        .current_dir(here)
        .stdin(Stdio::null())
        .output()
        .unwrap()
}

#[cfg(unix)]
#[test]
fn a_full_disk_leaves_no_half_of_a_file() {
    for arguments in [
        &["init"][..],
        &["man", "--dir", "."],
        &["extract", "draft.md", "-o", "a.txt"],
        &["extract", "draft.md", "-o", "old.txt"],
        &["check", "draft.md", "-o", "old.txt"],
        &["report", "draft.md", "-o", "a.html"],
        &["diff", "draft.md", "other.md", "-o", "old.txt"],
        &["check", "draft.md", "--write-baseline", "known.toml"],
        &["record", "draft.md", "-o", "new.toml"],
    ] {
        // The signal that a file grew too large is ignored, or not.
        for first in ["trap '' XFSZ;", ""] {
            let here = folder(&[("draft.md", DRAFT), ("other.md", "13 men.\n"), ("old.txt", "x")]);
            let before = all(here.path());
            let run = on_a_full_disk(here.path(), first, arguments);
            let said = String::from_utf8(run.stderr).unwrap();
            assert_eq!(run.status.code(), Some(2), "{arguments:?}: {said}");
            assert!(said.contains("cannot be written: File too large"), "{arguments:?}: {said}");
            assert_eq!(all(here.path()), before, "{arguments:?}");
        }
    }
}

/// A program that writes and waits for more to write.
#[cfg(unix)]
struct Writing {
    child: std::process::Child,
    here: tempfile::TempDir,
}

#[cfg(unix)]
impl Writing {
    /// Waits until it has begun. `first` goes before it in the shell.
    fn new(first: &str) -> Self {
        let here = folder(&[("out.jsonl", "old\n")]);
        let script = format!("{first} exec \"$0\" \"$@\"");
        let child = Command::new("bash")
            .args(["-c", &script, env!("CARGO_BIN_EXE_crossfoot")])
            .args(["extract", "-", "--stdin-filename", "a.jsonl", "--format", "jsonl"])
            .args(["-o", "out.jsonl"])
            .current_dir(here.path())
            .stdin(Stdio::piped())
            .spawn()
            .unwrap();
        let writing = Self { child, here };
        while writing.files().len() < 2 {
            std::thread::sleep(std::time::Duration::from_millis(5));
        }
        writing
    }

    fn files(&self) -> Vec<(String, String)> {
        all(self.here.path())
    }

    fn signal(&self, name: &str) {
        let id = self.child.id().to_string();
        assert!(Command::new("kill").args(["-s", name, &id]).status().unwrap().success());
    }
}

#[cfg(unix)]
#[test]
fn an_interruption_leaves_nothing_half_written() {
    use std::os::unix::process::ExitStatusExt;

    // What the test itself is to ignore, as under `nohup`, its children ignore too.
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let mask = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    let ignored = mask.map_or(0, |mask| u64::from_str_radix(mask.trim(), 16).unwrap());
    let signals = [("TERM", 15), ("INT", 2), ("HUP", 1)];
    for (name, number) in signals.into_iter().filter(|(_, n)| ignored >> (n - 1) & 1 == 0) {
        let mut writing = Writing::new("");
        writing.signal(name);
        // Whoever waits sees that it was the signal.
        assert_eq!(writing.child.wait().unwrap().signal(), Some(number), "{name}");
        let files = writing.files();
        assert_eq!(files.len(), 1, "{name}: {files:?}");
        assert_eq!(files[0].1, "old\n", "{name}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_signal_that_is_to_be_ignored_is_ignored() {
    let mut writing = Writing::new("trap '' HUP;");
    writing.signal("HUP");
    std::thread::sleep(std::time::Duration::from_millis(50));
    drop(writing.child.stdin.take());
    assert_eq!(writing.child.wait().unwrap().code(), Some(0));
    let files = writing.files();
    assert_eq!((files.len(), &*files[0].1), (1, ""));
}

#[cfg(unix)]
#[test]
fn what_a_killed_process_leaves_is_swept_a_day_later() {
    let mut writing = Writing::new("");
    writing.signal("KILL");
    writing.child.wait().unwrap();
    let here = writing.here.path();
    fs::write(here.join("a.md"), DRAFT).unwrap();
    let again = || assert_eq!(ran(here, &["extract", "a.md", "-o", "a.txt"]).0, 0);
    let left = || {
        let all = fs::read_dir(here).unwrap().map(|entry| entry.unwrap().path());
        let mut left = all.filter(|path| path.extension().is_some_and(|ending| ending == "tmp"));
        left.next()
    };
    // Somebody may still be writing it.
    again();
    let path = left().unwrap();
    let day = std::time::Duration::from_secs(25 * 60 * 60);
    let file = fs::File::options().write(true).open(path).unwrap();
    file.set_modified(std::time::SystemTime::now() - day).unwrap();
    again();
    assert_eq!(left(), None);
}

#[test]
fn a_configuration_that_is_there_stays() {
    let here = folder(&[("crossfoot.toml", "")]);
    let (code, _, said) = ran(here.path(), &["init"]);
    assert_eq!(code, 2);
    assert!(said.contains("there is a crossfoot.toml here"), "{said}");
    assert_eq!(all(here.path())[0].1, "");
    assert!(crossfoot(folder(&[]).path(), &["init"]).status.success());
}
