//! What annotating changes, and what it leaves alone.

use crate::document::annotate::{Note, annotate};
use crate::source::Content;

fn note(text: &str, words: &str, said: &str) -> Note {
    let start = text.find(words).unwrap();
    let lines = said.lines().map(str::to_owned).collect();
    let rule = "wrong-share".to_owned();
    Note { range: start..start + words.len(), rule, lines, is_of_markup: false }
}

fn annotated(name: &str, text: &str, notes: &[Note]) -> String {
    let content = Content::from(text);
    let bytes = annotate(text.as_bytes(), (&content, name), notes, "Crossfoot").unwrap();
    String::from_utf8(bytes).unwrap()
}

#[test]
fn texts_get_comments_that_a_further_run_replaces() {
    let text = "Of 40 ships 10, or 30 percent, were lost.\n";
    let notes = [note(text, "30 percent", "it is *25*\nso"), note(text, "or 30", "two")];
    let once = annotated("a.md", text, &notes);
    assert_eq!(
        once,
        "Of 40 ships 10, {==or 30 percent==}{>>Crossfoot [wrong-share]: two<<}\
         {>>Crossfoot [wrong-share]: it is \\*25\\*; so<<}, were lost.\n"
    );
    assert_eq!(annotated("a.md", &once, &[]), text);
    let again = [note(&once, "30 percent", "other")];
    assert_eq!(
        annotated("a.md", &once, &again),
        "Of 40 ships 10, or {==30 percent==}{>>Crossfoot [wrong-share]: other<<}, were lost.\n"
    );
    let plain = annotated("a.txt", text, &[note(text, "40", "a <<} b")]);
    assert_eq!(plain, text.replace("40", "{==40==}{>>Crossfoot [wrong-share]: a << } b<<}"));
}

#[test]
fn what_a_person_wrote_stays() {
    let text = "Of {==40 ships==}{>>Desk: sure?<<} 10, or {==30 percent==}{>>Crossfoot [wrong-share]: \
                a<<}{>>Desk: no<<}, were {==lost==}.";
    let without = text.replace("{>>Crossfoot [wrong-share]: a<<}", "");
    assert_eq!(annotated("a.txt", text, &[]), without);
}

#[test]
fn what_is_said_of_markup_leaves_it_markup() {
    let text = "1986. That was the year of 40 ships.\n\n>5 million left.\n";
    let of_markup =
        |text: &str, words: &str| Note { is_of_markup: true, ..note(text, words, "so") };
    let all = |text: &str| [of_markup(text, "1986."), note(text, "40", "a"), of_markup(text, ">5")];
    let once = annotated("a.md", text, &all(text));
    assert_eq!(
        once,
        "1986. That was the year of {==40==}{>>Crossfoot [wrong-share]: a<<} ships.\
         {>>Crossfoot [wrong-share]: \"1986.\": so<<}\n\n>5 million left.\
         {>>Crossfoot [wrong-share]: \"\\>5\": so<<}\n"
    );
    assert_eq!(annotated("a.md", &once, &[]), text);
    assert_eq!(annotated("a.md", &once, &all(&once)), once);
}

#[test]
fn html_gets_elements_around_words_between_tags() {
    let text = "<p>Of <b>40</b> ships &amp; <i>30 per</i>cent</p>";
    let once = annotated("a.html", text, &[note(text, "30 per</i>cent", "is \"25\" <so>")]);
    let open = "<mark class=\"crossfoot\" title=\"wrong-share: is &quot;25&quot; &lt;so&gt;\">";
    assert_eq!(
        once,
        format!("<p>Of <b>40</b> ships &amp; <i>{open}30 per</mark></i>{open}cent</mark></p>")
    );
    assert_eq!(annotated("a.html", &once, &[]), text);
}

#[test]
fn other_encodings_are_refused() {
    let content = Content::from("caf\u{e9}");
    assert!(annotate(b"caf\xe9", (&content, "a.txt"), &[], "Crossfoot").is_err());
}
