//! No file of the sources imports in a circle: each can be read after those that it uses.
//!
//! Names that a file hands on from another count as that other's; to hand on what it does not use itself
//! is no import. Unit tests are left out.

use std::collections::{BTreeMap, BTreeSet};

use regex::Regex;

use crate::house::sources;
use crate::support::root;

/// A name behind modules, from the crate on.
type Path = Vec<String>;

/// A file of the sources, as far as its imports go.
#[derive(Default)]
struct File {
    /// What each name stands for that `use` brings in or hands on.
    names: BTreeMap<String, Path>,
    /// The paths that it uses, handing on left out.
    used: BTreeSet<Path>,
}

fn path(text: &str) -> Path {
    text.split("::").filter(|part| !part.is_empty()).map(str::to_owned).collect()
}

/// A text without comments and unit tests; what `super` means in a module within is the file itself.
fn code(text: &str) -> String {
    let inner = Regex::new(r"^(\s*)(pub(\([^)]*\))? )?mod \w+ \{$").unwrap();
    let mut code = String::new();
    // The line that ends a module within the file, and whether that is one of unit tests.
    let mut within: Option<(String, bool)> = None;
    let mut for_tests = false;
    for line in text.lines() {
        let line = line.split("//").next().unwrap();
        if let Some((end, is_tests)) = &within {
            if !is_tests {
                code.push_str(&line.replace("super::", "self::"));
                code.push('\n');
            }
            if line == end {
                within = None;
            }
        } else if let Some(found) = inner.captures(line) {
            within = Some((format!("{}}}", &found[1]), for_tests));
        } else if !for_tests {
            code.push_str(line);
            code.push('\n');
        }
        for_tests = line.trim() == "#[cfg(test)]";
    }
    code
}

/// The paths of `a::{b, c::{d, e}}`, each with the name that it has from then on.
fn expanded(tree: &str) -> Vec<(String, Path)> {
    let tree = tree.trim();
    let Some((before, group)) = tree.split_once('{') else {
        let (whole, name) = tree.split_once(" as ").unwrap_or((tree, ""));
        let mut whole = path(whole.trim());
        if 1 < whole.len() && whole.last().is_some_and(|last| last == "self") {
            whole.pop();
        }
        let name = if name.is_empty() {
            whole.last().cloned().unwrap_or_default()
        } else {
            name.trim().to_owned()
        };
        return vec![(name, whole)];
    };
    let group = group.trim_end().strip_suffix('}').unwrap();
    let (mut parts, mut depth) = (vec![String::new()], 0);
    for c in group.chars() {
        depth += i32::from(c == '{') - i32::from(c == '}');
        match c {
            ',' if depth == 0 => parts.push(String::new()),
            c => parts.last_mut().unwrap().push(c),
        }
    }
    let parts = parts.iter().filter(|part| !part.trim().is_empty());
    parts.flat_map(|part| expanded(&format!("{before}{}", part.trim()))).collect()
}

/// Reads the imports of a file; `own` is its module.
fn read(own: &[String], text: &str, modules: &BTreeSet<Path>) -> File {
    // Who may see a name says nothing of what is used.
    let seen_by = Regex::new(r"\bpub\([^)]*\)").unwrap();
    let code = code(text);
    let code = seen_by.replace_all(&code, "pub");
    let import = Regex::new(r"\b(pub )?use ([^;]+);|\bmod \w+;").unwrap();
    let inline = Regex::new(r"\b(?:\w+::)+\w+").unwrap();
    let mut file = File::default();
    let from_top = |path: &Path, names: &BTreeMap<String, Path>| -> Option<Path> {
        let (first, rest) = path.split_first()?;
        let child = [own, std::slice::from_ref(first)].concat();
        let start = match &**first {
            "crate" => Vec::new(),
            "self" => own.to_vec(),
            "super" => own[..own.len().saturating_sub(1)].to_vec(),
            _ if modules.contains(&child) => child,
            name => names.get(name)?.clone(),
        };
        Some([&*start, rest].concat())
    };
    for found in import.captures_iter(&code) {
        let Some(tree) = found.get(2) else { continue };
        for (name, path) in expanded(tree.as_str()) {
            let Some(path) = from_top(&path, &BTreeMap::new()) else { continue };
            if found.get(1).is_none() {
                file.used.insert(path.clone());
            }
            file.names.insert(name, path);
        }
    }
    let rest = import.replace_all(&code, "");
    // What is handed on and used here too is imported.
    let word = Regex::new(r"\b\w+\b").unwrap();
    let words = word.find_iter(&rest).filter_map(|word| file.names.get(word.as_str()));
    file.used.extend(words.cloned());
    for found in inline.find_iter(&rest) {
        file.used.extend(from_top(&path(found.as_str()), &file.names));
    }
    file
}

/// The file that a path leads to.
fn home(path: &[String], files: &BTreeMap<Path, File>) -> Option<Path> {
    let length = (0..=path.len()).rev().find(|&length| files.contains_key(&path[..length]))?;
    let (module, rest) = path.split_at(length);
    let handed_on = rest.first().and_then(|name| files[module].names.get(name));
    match handed_on {
        Some(other) if other != path => home(&[other, &rest[1..]].concat(), files),
        _ => Some(module.to_vec()),
    }
}

/// Which file imports from which others, each with its module and text given.
fn imports(texts: &[(Path, String)]) -> BTreeMap<Path, BTreeSet<Path>> {
    let modules: BTreeSet<Path> = texts.iter().map(|(module, _)| module.clone()).collect();
    let files: BTreeMap<Path, File> =
        texts.iter().map(|(own, text)| (own.clone(), read(own, text, &modules))).collect();
    let of = |(own, file): (&Path, &File)| {
        let homes = file.used.iter().filter_map(|path| home(path, &files));
        (own.clone(), homes.filter(|home| home != own).collect())
    };
    files.iter().map(of).collect()
}

/// The files of a circle in the order of their imports, if there is one.
fn circle(imports: &BTreeMap<Path, BTreeSet<Path>>) -> Option<Vec<String>> {
    fn walk<'i>(
        at: &'i Path,
        imports: &'i BTreeMap<Path, BTreeSet<Path>>,
        way: &mut Vec<&'i Path>,
        done: &mut BTreeSet<&'i Path>,
    ) -> Option<Vec<String>> {
        if let Some(start) = way.iter().position(|known| *known == at) {
            return Some(way[start..].iter().map(|module| module.join("/")).collect());
        }
        if !done.contains(at) {
            way.push(at);
            let found = imports[at].iter().find_map(|next| walk(next, imports, way, done));
            if found.is_some() {
                return found;
            }
            way.pop();
            done.insert(at);
        }
        None
    }
    let mut done = BTreeSet::new();
    imports.keys().find_map(|module| walk(module, imports, &mut Vec::new(), &mut done))
}

#[test]
fn no_file_imports_in_a_circle() {
    let folder = root().join("src");
    let mut texts = Vec::new();
    for file in sources(&folder) {
        let below = file.strip_prefix(&folder).unwrap().with_extension("");
        let mut module: Path =
            below.iter().map(|part| part.to_string_lossy().into_owned()).collect();
        let last = module.last().unwrap();
        if last == "tests" || *last == "main" {
            continue;
        }
        if last == "mod" || *last == "lib" {
            module.pop();
        }
        texts.push((module, std::fs::read_to_string(file).unwrap()));
    }
    let imports = imports(&texts);
    let count: usize = imports.values().map(BTreeSet::len).sum();
    assert!(600 < count, "only {count} imports seen");
    let circle = circle(&imports);
    assert!(circle.is_none(), "these import in a circle: {}", circle.unwrap().join(" -> "));
}

/// The circle among files of these modules and texts.
fn circle_of(texts: &[(&str, &str)]) -> Option<Vec<String>> {
    let owned = |&(module, text): &(&str, &str)| (path(module), text.to_owned());
    circle(&imports(&texts.iter().map(owned).collect::<Vec<_>>()))
}

#[test]
fn a_circle_is_found_however_its_imports_are_written() {
    let ways = [
        "use crate::a::c::C;",
        "use crate::a::{\n    b, c::{self, C as D}\n};",
        "use super::c::C;",
        "fn f() { crate::a::c::run() }",
        "fn f() { super::c::run() }",
        "use crate::a::c;\nfn f() { c::run() }",
        "use crate::a;\nfn f() { a::c::run() }",
        "use crate::a::Handed;",
        "pub use crate::a::c::C;\nstruct B(C);",
        "mod inner {\n    use crate::a::c::C;\n}",
    ];
    for way in ways {
        let texts = [
            ("a", "mod b;\nmod c;\nmod d;\npub use c::Given as Handed;\n"),
            ("a::b", way),
            ("a::c", "use crate::a::d::D;\n"),
            ("a::d", "struct D(crate::a::b::B);\n"),
        ];
        assert_eq!(circle_of(&texts).unwrap(), ["a/b", "a/c", "a/d"], "{way}");
    }
    let called = [("a", "mod b;\nfn f() { b::run() }\n"), ("a::b", "use crate::a::Held;\n")];
    assert_eq!(circle_of(&called).unwrap(), ["a", "a/b"]);
}

#[test]
fn handing_on_comments_and_unit_tests_close_no_circle() {
    let texts = [
        (
            "a",
            "mod b;\nmod c;\npub use b::B;\npub(crate) use crate::a::c::C;\nfn f() { c::run() }\n",
        ),
        ("a::b", "use crate::a::C;\n#[cfg(test)]\nuse crate::a::b::B;\n"),
        (
            "a::c",
            "//! As [`crate::a::b`] does.\nmod inner {\n    use super::Own;\n}\npub(in crate::a) fn f() {} // crate::a::b\n\
             #[cfg(test)]\nmod tests {\n    use crate::a::B;\n}\n",
        ),
    ];
    assert_eq!(circle_of(&texts), None);
}
