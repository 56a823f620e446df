//! The files that CI systems read: the action's steps as the scripts they are.

use std::collections::HashMap;
use std::ffi::OsString;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use crate::support::{read, root};

pub(crate) const WRONG: &str =
    "Membership fell by 50 percent, from 146,000 in 2019 to 100,000 last year.\n";
pub(crate) const RIGHT: &str =
    "Membership fell by 50 percent, from 146,000 in 2019 to 73,000 last year.\n";

/// The scripts of the action, by the ids of their steps.
fn scripts() -> HashMap<String, String> {
    let action = read("action.yml");
    let mut scripts: HashMap<String, String> = HashMap::new();
    let (mut id, mut is_script) = (String::new(), false);
    for line in action.lines() {
        if let Some(name) = line.strip_prefix("    - id: ") {
            (id, is_script) = (name.to_owned(), false);
        } else if line == "      run: |" {
            is_script = true;
        } else if is_script && (line.starts_with("        ") || line.is_empty()) {
            let script = scripts.entry(id.clone()).or_default();
            script.push_str(line.get(8..).unwrap_or_default());
            script.push('\n');
        } else {
            is_script = false;
        }
    }
    scripts
}

/// A runner: its folders, and programs that stand for `cargo` and `gh`.
struct Runner {
    folder: tempfile::TempDir,
    scripts: HashMap<String, String>,
}

impl Runner {
    fn new(article: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        for name in ["bin", "temp", "repository/articles"] {
            fs::create_dir_all(at(name)).unwrap();
        }
        fs::write(at("repository/articles/a b.md"), article).unwrap();
        program(
            &at("bin/cargo"),
            "echo \"cargo $*\" >> \"$SAID\"\nmkdir -p \"${@: -1}/bin\"\ncp \"$BUILT\" \"${@: -1}/bin/crossfoot\"\n",
        );
        program(
            &at("bin/gh"),
            "echo \"gh $*\" >> \"$SAID\"\ncase \"$*\" in *--paginate*) cat \"$COMMENTS\" ;; esac\n",
        );
        for name in ["output", "path", "summary", "said", "comments"] {
            fs::write(at(name), "").unwrap();
        }
        Self { folder, scripts: scripts() }
    }

    fn at(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn text(&self, name: &str) -> String {
        fs::read_to_string(self.at(name)).unwrap()
    }

    /// What the steps before have put out under a name.
    fn output(&self, name: &str) -> String {
        let text = self.text("output");
        let mut lines = text.lines().rev().filter_map(|line| line.split_once('='));
        lines.find(|(key, _)| *key == name).map_or_else(String::new, |(_, v)| v.to_owned())
    }

    /// Runs a step as the runner does.
    fn step(&self, id: &str, environment: &[(&str, &str)]) -> Output {
        let script = self.at(&format!("{id}.sh"));
        fs::write(&script, &self.scripts[id]).unwrap();
        let mut path = OsString::new();
        for added in self.text("path").lines() {
            path.push(added);
            path.push(":");
        }
        path.push(self.at("bin"));
        path.push(":");
        path.push(std::env::var_os("PATH").unwrap_or_default());
        Command::new("bash")
            .args(["--noprofile", "--norc", "-eo", "pipefail"])
            .arg(script)
            .current_dir(self.at("repository"))
            .env("PATH", path)
            .env("BUILT", env!("CARGO_BIN_EXE_crossfoot"))
            .env("SAID", self.at("said"))
            .env("COMMENTS", self.at("comments"))
            .env("GITHUB_ACTION_PATH", root())
            .env("GITHUB_OUTPUT", self.at("output"))
            .env("GITHUB_PATH", self.at("path"))
            .env("GITHUB_STEP_SUMMARY", self.at("summary"))
            .env("GITHUB_WORKSPACE", self.at("repository"))
            .env("RUNNER_TEMP", self.at("temp"))
            .env("RUNNER_OS", "Linux")
            .env("RUNNER_ARCH", "X64")
            .envs(environment.iter().copied())
            .output()
            .unwrap()
    }

    /// All steps that check, with these inputs.
    fn check(&self, paths: &str, arguments: &str) -> Output {
        passes(&self.step("prepare", &[("NAME", "crossfoot")]));
        passes(&self.step("install", &[("PROGRAM", &self.output("program"))]));
        let reports = self.output("reports");
        let inputs = [("PATHS", paths), ("ARGS", arguments), ("REPORTS", &*reports)];
        let checked = self.step("check", &inputs);
        passes(&checked);
        checked
    }
}

fn program(path: &Path, script: &str) {
    fs::write(path, format!("#!/usr/bin/env bash\nset -euo pipefail\n{script}")).unwrap();
    fs::set_permissions(path, fs::Permissions::from_mode(0o755)).unwrap();
}

pub(crate) fn passes(run: &Output) {
    let said = String::from_utf8_lossy(&run.stderr);
    assert!(run.status.success(), "{said}{}", String::from_utf8_lossy(&run.stdout));
}

pub(crate) fn out(run: &Output) -> String {
    String::from_utf8_lossy(&run.stdout).into_owned()
}

#[test]
fn no_step_of_the_action_is_filled_in_by_the_runner() {
    let scripts = scripts();
    let ids = ["prepare", "install", "version", "check", "summary", "comment", "result"];
    for id in ids {
        assert!(!scripts[id].contains("${{"), "{id}");
    }
    assert_eq!(scripts.len(), ids.len());
}

#[test]
fn the_action_marks_reports_and_fails() {
    let runner = Runner::new(WRONG);
    let checked = runner.check("articles\n", "--deny-warnings");
    assert!(out(&checked).starts_with("::error title="), "{}", out(&checked));
    assert!(out(&checked).contains("file=articles/a b.md,line=1,"), "{}", out(&checked));
    assert_eq!(runner.output("code"), "1");
    for (name, begins) in [("sarif", "{"), ("md", "## Figures"), ("html", "<!doctype html>")] {
        let text = fs::read_to_string(runner.output(name)).unwrap();
        assert!(text.starts_with(begins), "{name}: {text}");
    }
    passes(&runner.step("version", &[("EXPECTED", env!("CARGO_PKG_VERSION"))]));
    assert_eq!(runner.step("version", &[("EXPECTED", "99.0.0")]).status.code(), Some(2));

    let report = runner.output("md");
    passes(&runner.step("summary", &[("REPORT", &report)]));
    assert!(runner.text("summary").contains("not of 50 percent"), "{}", runner.text("summary"));

    let inputs = [
        ("GH_TOKEN", "none"),
        ("MARKER", "<!-- crossfoot: crossfoot -->"),
        ("NUMBER", "7"),
        ("REPORT", &*report),
        ("REPOSITORY", "desk/news"),
    ];
    passes(&runner.step("comment", &inputs));
    assert!(runner.text("said").contains("--method POST repos/desk/news/issues/7/comments"));
    fs::write(runner.at("comments"), "4711\n").unwrap();
    passes(&runner.step("comment", &inputs));
    assert!(runner.text("said").contains("--method PATCH repos/desk/news/issues/comments/4711"));
    let comment = fs::read_to_string(report.replace(".md", ".comment")).unwrap();
    assert!(comment.starts_with("<!-- crossfoot: crossfoot -->\n## Figures"), "{comment}");

    let result = |code: &str, fails: &str| {
        let inputs = [("CODE", code), ("FAIL_ON_FINDINGS", fails)];
        runner.step("result", &inputs).status.code().unwrap()
    };
    assert_eq!(result("1", "true"), 1);
    assert_eq!(result("1", "false"), 0);
    assert_eq!(result("0", "true"), 0);
    assert_eq!(result("2", "false"), 2);
}

#[test]
fn the_action_passes_what_is_right_and_tells_what_it_cannot_do() {
    let runner = Runner::new(RIGHT);
    let checked = runner.check("articles/a b.md\n", "");
    assert_eq!(runner.output("code"), "0", "{}", out(&checked));
    assert!(!out(&checked).contains("::error"), "{}", out(&checked));
    let runner = Runner::new(RIGHT);
    runner.check("missing.md\n", "");
    assert_eq!(runner.output("code"), "2");
}

#[test]
fn the_package_has_all_that_it_is_built_from() {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let run = Command::new(cargo)
        .args(["package", "--list", "--allow-dirty", "--offline"])
        .current_dir(root())
        .output()
        .unwrap();
    passes(&run);
    let listed = out(&run);
    let has = |path: &str| listed.lines().any(|line| line == path);
    for path in [
        "build.rs",
        "rules/arithmetic/wrong-rate.toml",
        "rules/lexicon/units.toml",
        "src/report/formats/html/page.html",
        "src/report/formats/html/page.css",
        "src/report/formats/html/page.js",
        "src/cli/init.toml",
        "LICENSE-MIT",
    ] {
        assert!(has(path), "{path} is not in the package");
    }
    assert!(!listed.contains("node_modules"), "{listed}");
}

/// The blocks of a language in the README's section on CI.
fn blocks(language: &str) -> Vec<String> {
    let readme = read("README.md");
    let section = readme.split("\n## In CI\n").nth(1).unwrap().split("\n## ").next().unwrap();
    let parts = section.split("```").skip(1).step_by(2);
    let blocks = parts.filter_map(|block| block.strip_prefix(&format!("{language}\n")));
    blocks.map(str::to_owned).collect()
}

#[test]
fn the_commands_of_the_readme_on_ci_can_be_followed() {
    let here = tempfile::tempdir().unwrap();
    fs::create_dir_all(here.path().join("articles")).unwrap();
    fs::write(here.path().join("articles/a.md"), WRONG).unwrap();
    fs::write(here.path().join("crossfoot.toml"), "paths = [\"articles\"]\n").unwrap();
    let commands: Vec<String> =
        blocks("sh").iter().flat_map(|block| block.lines()).map(str::to_owned).collect();
    assert_eq!(commands.len(), 6, "{commands:?}");
    let codes = commands.iter().map(|command| {
        let built = Path::new(env!("CARGO_BIN_EXE_crossfoot")).parent().unwrap();
        let script = format!("PATH={}:$PATH; {command}", built.display());
        let run = Command::new("bash").args(["-c", &script]).current_dir(here.path()).output();
        run.unwrap().status.code().unwrap()
    });
    // Findings fail the run until they are known.
    assert_eq!(codes.collect::<Vec<_>>(), [1, 1, 1, 1, 0, 0]);
    for name in ["figures.xml", "quality.json", "figures.sarif", "figures.html"] {
        assert!(here.path().join(name).is_file(), "{name}");
    }
}

#[test]
fn the_set_ups_of_the_readme_name_what_there_is() {
    let yaml = blocks("yaml");
    assert_eq!(yaml.len(), 2);
    let action = read("action.yml");
    let inputs = action.split("\ninputs:\n").nth(1).unwrap().split("\noutputs:\n").next().unwrap();
    let with = yaml[0].split("with:\n").nth(1).unwrap();
    for line in with.lines() {
        let (name, _) = line.trim().split_once(':').unwrap();
        assert!(inputs.contains(&format!("\n  {name}:")), "{name} is no input of the action");
    }
    let hook = yaml[1].lines().find_map(|line| line.trim().strip_prefix("- id: ")).unwrap();
    assert!(read(".pre-commit-hooks.yaml").contains(&format!("- id: {hook}\n")), "{hook}");
}
