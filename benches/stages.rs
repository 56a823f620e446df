//! What share of a check each stage takes: `cargo bench --bench stages -- FOLDER [COPIES]`.
//!
//! Reads every `.txt` and `.md` file of a folder, so often as is said, on one thread, and times the
//! stages one by one: documents, readings (the day of publication and the figures), relations, verdicts.
//! Without a folder it reads the project's own articles. Nothing is compared with a wall clock; the shares of
//! one run are what counts.

use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use crossfoot::document::{Document, Format};
use crossfoot::engine::{self, Given};
use crossfoot::lexicon::Lexicon;
use crossfoot::prose::{Article, Reader};
use crossfoot::published::Dated;
use crossfoot::reading::Reading;
use crossfoot::rule::{Examples, Registry};
use crossfoot::source::Sources;

fn main() {
    let arguments: Vec<String> =
        std::env::args().skip(1).filter(|argument| !argument.starts_with("--")).collect();
    let folder = arguments
        .first()
        .map_or(Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/articles"), PathBuf::from);
    let copies = arguments.get(1).and_then(|count| count.parse().ok()).unwrap_or(20);
    let texts = texts(&folder);
    let bytes = texts.iter().map(|(text, _)| text.len()).sum::<usize>() * copies;
    let megabytes = f64::from(u32::try_from(bytes / 1000).unwrap_or(u32::MAX)) / 1e3;

    let lexicon = Lexicon::built_in();
    let mut sources = Sources::new();
    let start = Instant::now();
    let rules = Registry::new(&mut sources, &[], lexicon, Examples::Skip, &mut Vec::new());
    let reading_rules = start.elapsed();
    let source = sources.add("article", "");
    let given = Given::new(&rules, lexicon);

    let mut spent = [Duration::ZERO; 4];
    let (mut figures, mut candidates, mut relations) = (0, 0, 0);
    for _ in 0..copies {
        for (text, format) in &texts {
            let mut lap = Lap::new();
            let document = Document::parse(text, *format);
            spent[0] += lap.next();
            let reading = Reading::of(document, (source, text), Dated::default(), lexicon);
            figures += reading.mentions().len();
            spent[1] += lap.next();
            let found = Reader::new(&rules, false).read(Article::of(&reading));
            candidates += found.candidates.len();
            spent[2] += lap.next();
            let checked = engine::judged(&reading, found, given);
            relations += checked.outcome.relations.len();
            black_box(checked);
            spent[3] += lap.next();
        }
    }
    let total: Duration = spent.iter().sum();
    let per_second = |time: Duration| megabytes / time.as_secs_f64();
    println!(
        "{megabytes:.1} MB, {figures} figures, {candidates} candidates, {relations} relations"
    );
    let names = ["documents", "readings", "relations", "verdicts"];
    for (name, time) in names.iter().zip(spent) {
        let share = time.as_secs_f64() / total.as_secs_f64() * 100.0;
        println!("{name:<20} {share:>5.1} %  {:>8.1} MB/s", per_second(time));
    }
    println!("{:<20} 100.0 %  {:>8.1} MB/s", "all stages", per_second(total));
    println!("rules read in {:.1} ms", reading_rules.as_secs_f64() * 1e3);
}

/// The articles of a folder.
fn texts(folder: &Path) -> Vec<(String, Format)> {
    let mut paths: Vec<PathBuf> = std::fs::read_dir(folder)
        .expect("the folder is there")
        .filter_map(|entry| Some(entry.ok()?.path()))
        .collect();
    paths.sort();
    paths
        .into_iter()
        .filter_map(|path| {
            let format = Format::of(&path.to_string_lossy())?;
            let bytes = std::fs::read(&path).ok()?;
            Some((crossfoot::document::decode(bytes).ok()?.text, format))
        })
        .collect()
}

/// Time between two calls.
struct Lap(Instant);

impl Lap {
    fn new() -> Self {
        Self(Instant::now())
    }

    fn next(&mut self) -> Duration {
        let before = std::mem::replace(&mut self.0, Instant::now());
        self.0 - before
    }
}
