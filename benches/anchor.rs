//! How long it takes to find 1,000 claims in an article of a megabyte that was edited.
//!
//! `cargo bench --bench anchor`. The article is made of random sentences over the words of the
//! project's own articles, so that every word stands in it many times.

use std::fmt::Write as _;
use std::time::Instant;

use crossfoot::claim::{self, ClaimsFile, State};
use crossfoot::lexicon::Lexicon;
use crossfoot::published::Dated;
use crossfoot::reading::Reading;
use crossfoot::source::Sources;

/// A small generator: the same numbers in every run (`SplitMix64`).
struct Random(u64);

impl Random {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        usize::try_from((z ^ (z >> 31)) % (n as u64)).unwrap_or(0)
    }
}

/// The words of the project's articles, without figures.
fn vocabulary() -> Vec<String> {
    let mut words = Vec::new();
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/articles");
    let mut paths: Vec<_> = std::fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()).collect();
    paths.sort();
    for path in paths {
        let text = std::fs::read_to_string(path).unwrap();
        words.extend(
            text.split(|c: char| !c.is_alphabetic())
                .filter(|word| 1 < word.len() && word.chars().all(char::is_lowercase))
                .map(str::to_owned),
        );
    }
    words
}

/// A sentence with a figure; the words before and behind it.
struct Sentence {
    before: Vec<String>,
    figure: String,
    after: Vec<String>,
}

fn sentences(count: usize) -> Vec<Sentence> {
    let words = vocabulary();
    let mut random = Random(7);
    let some = |random: &mut Random, least: usize, more: usize| {
        let n = least + random.below(more);
        (0..n).map(|_| words[random.below(words.len())].clone()).collect::<Vec<_>>()
    };
    (0..count)
        .map(|_| {
            let before = some(&mut random, 4, 6);
            let number = 1 + random.below(900_000);
            let figure = match random.below(3) {
                0 => format!("${number}"),
                1 => format!("{number} people"),
                _ => format!("{}.{} percent", number % 100, number % 10),
            };
            Sentence { before, figure, after: some(&mut random, 4, 8) }
        })
        .collect()
}

fn text(sentences: &[Sentence]) -> String {
    let mut out = String::new();
    for (at, sentence) in sentences.iter().enumerate() {
        let mut line = format!(
            "{} {} {}.",
            sentence.before.join(" "),
            sentence.figure,
            sentence.after.join(" ")
        );
        if let Some(first) = line.get_mut(0..1) {
            first.make_ascii_uppercase();
        }
        out.push_str(&line);
        out.push_str(if at % 5 == 4 { "\n\n" } else { " " });
    }
    out
}

/// A claim for each of some sentences: two words, the figure, one word.
fn claims(sentences: &[Sentence], every: usize) -> String {
    let mut out = String::from("article = \"a.md\"\n");
    for (at, sentence) in sentences.iter().enumerate().step_by(every) {
        let before = &sentence.before[sentence.before.len() - 2..];
        let _ = writeln!(
            out,
            "[[claim]]\nid = \"c_{at}\"\nquote = \"{} {} {}\"\nvalue = \"{}\"\nparagraph = {}",
            before.join(" "),
            sentence.figure,
            sentence.after[0],
            sentence.figure,
            at / 5 + 1
        );
    }
    out
}

fn measure(name: &str, article: &str, claims: &str) {
    let lexicon = Lexicon::built_in();
    let mut sources = Sources::new();
    let article = sources.add("a.md", article);
    let claims = sources.add("a.toml", claims);
    let file = claim::read(&sources, claims, lexicon, &mut Vec::new()).unwrap();
    let mut times = Vec::new();
    let mut last: Option<ClaimsFile> = None;
    for _ in 0..7 {
        let mut file = file.clone();
        let start = Instant::now();
        let reading = Reading::new(&sources, article, Dated::default(), lexicon);
        claim::anchor(&mut file, &reading, &sources, &mut Vec::new());
        times.push(start.elapsed());
        last = Some(file);
    }
    times.sort_unstable();
    let file = last.unwrap();
    let count =
        |state: State| file.claims.all().iter().filter(|claim| claim.state == Some(state)).count();
    let states: Vec<String> = State::ALL
        .into_iter()
        .filter(|&state| count(state) != 0)
        .map(|state| format!("{} {}", count(state), state.as_str()))
        .collect();
    println!(
        "{name:<28} {:>7.1} ms   {}",
        times[times.len() / 2].as_secs_f64() * 1000.0,
        states.join(", ")
    );
}

fn main() {
    let mut all = sentences(13_000);
    let original = text(&all);
    let every = all.len() / 1000;
    let claims = claims(&all, every);
    println!("{} kB, {} claims", original.len() / 1000, claims.matches("[[claim]]").count());
    measure("as recorded", &original, &claims);
    let digits: String = original.chars().map(|c| if c == '7' { '8' } else { c }).collect();
    measure("every 7 an 8", &digits, &claims);
    for sentence in &mut all {
        let at = sentence.before.len() - 1;
        "freshly".clone_into(&mut sentence.before[at]);
    }
    measure("a word of each is another", &text(&all), &claims);
    for sentence in &mut all {
        sentence.before.truncate(1);
        sentence.after.truncate(1);
        "nothing".clone_into(&mut sentence.figure);
    }
    measure("all of them gone", &text(&all), &claims);
    // Every claim of a table-like text: the same words around each figure.
    let mut same = sentences(13_000);
    for sentence in &mut same {
        sentence.before = ["the", "yearly", "budget", "of", "this", "town", "came", "to"]
            .map(String::from)
            .to_vec();
        sentence.after = ["in", "the", "end"].map(String::from).to_vec();
    }
    let claims = self::claims(&same, every);
    for sentence in &mut same {
        sentence.figure = sentence.figure.replace('3', "4");
    }
    measure("one sentence 13,000 times", &text(&same), &claims);
}
