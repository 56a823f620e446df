//! The language server, driven by a scripted client.

mod client;
mod typing;

use std::fs;
use std::path::Path;

use serde_json::{Value, json};

use crate::support::{RULE, crossfoot, folder, root};
use client::{Client, able, done, place, uri};

const DRAFT: &str = "# Aid\n\nThe grant is $290 million over four years, or $82.5 million a year.\n\n\
                     Rents rose from €400 to €500, or 20 percent.\nThe club has 1,250 members.\n";

/// Where some words begin.
fn at(text: &str, words: &str) -> Value {
    place(text, text.find(words).unwrap(), false)
}

fn codes(diagnostics: &[Value]) -> Vec<&str> {
    diagnostics.iter().map(|one| one["code"].as_str().unwrap()).collect()
}

fn titles(actions: &[Value]) -> Vec<&str> {
    actions.iter().map(|one| one["title"].as_str().unwrap()).collect()
}

fn titled<'a>(actions: &'a [Value], title: &str) -> &'a Value {
    let own = actions.iter().find(|one| one["title"] == title);
    own.unwrap_or_else(|| panic!("{title}: {:?}", titles(actions)))
}

/// A desk with a draft, and a client that has it open.
fn desk(files: &[(&str, &str)]) -> (tempfile::TempDir, Client) {
    let here = folder(files);
    let client = Client::of(here.path(), &able(), &Value::Null);
    (here, client)
}

#[test]
fn a_figure_is_told_with_its_interval_and_its_arithmetic() {
    let (here, mut client) = desk(&[("draft.md", DRAFT)]);
    let draft = uri(&here.path().join("draft.md"));
    let said = client.open(&draft, DRAFT);
    assert_eq!(codes(&said), ["wrong-rate", "wrong-percent-change"]);
    let related = said[0]["relatedInformation"].as_array().unwrap();
    let messages: Vec<&Value> = related.iter().map(|one| &one["message"]).collect();
    assert_eq!(messages, ["total", "span"]);
    assert_eq!(related[0]["location"]["range"]["start"], at(DRAFT, "$290"));
    let told = client.at("textDocument/hover", &draft, &at(DRAFT, "290"));
    let words = told["contents"]["value"].as_str().unwrap();
    for part in [
        "money; 290,000,000 USD",
        "loosely for 285,000,000 to 295,000,000",
        "`wrong-rate` contradicts: total $290 million",
        "$82.5 million a year × four years = $330 million",
        "reported, as an error",
    ] {
        assert!(words.contains(part), "{part}: {words}");
    }
    let range = json!({ "start": at(DRAFT, "$290"), "end": at(DRAFT, " over four") });
    assert_eq!(told["range"], range);
    let alone = client.at("textDocument/hover", &draft, &at(DRAFT, "1,250"));
    assert!(alone["contents"]["value"].as_str().unwrap().contains("Nothing relates it"), "{alone}");
    assert_eq!(client.at("textDocument/hover", &draft, &at(DRAFT, "Aid")), Value::Null);
    assert_eq!(client.end(), 0);
}

#[test]
fn actions_mend_the_draft_or_let_it_stand() {
    let (here, mut client) = desk(&[("draft.md", DRAFT)]);
    let draft = uri(&here.path().join("draft.md"));
    client.open(&draft, DRAFT);
    let offered = client.actions(&draft, &at(DRAFT, "20 percent"));
    assert!(!titles(&offered).iter().any(|one| one.starts_with("Write")), "{offered:?}");
    let offered = client.actions(&draft, &at(DRAFT, "$82.5"));
    let mend = titled(&offered, "Write \"$330 million\" instead of \"$290 million\"");
    let mended = done(DRAFT, mend, &draft);
    assert_eq!(codes(&client.replace(&draft, 1, &mended)), ["wrong-percent-change"]);
    // Without a reason the comment silences nothing, and says so.
    let offered = client.actions(&draft, &at(&mended, "20 percent"));
    let stand = titled(&offered, "Let it stand, for a reason (wrong-percent-change)");
    let silent = done(&mended, stand, &draft);
    let said = client.replace(&draft, 2, &silent);
    assert_eq!(codes(&said), ["missing-reason", "wrong-percent-change"]);
    let reasoned = silent.replace(":  -->", ": the landlords' own sum -->");
    assert_eq!(codes(&client.replace(&draft, 3, &reasoned)), [""; 0]);
    // Rules can be named by what is proposed.
    let typed = reasoned.replace("ignore wrong-percent-change:", "ignore wr:");
    let proposed = {
        client.replace(&draft, 4, &typed);
        client.at("textDocument/completion", &draft, &at(&typed, "wr:"))
    };
    let labels: Vec<&Value> =
        proposed.as_array().unwrap().iter().map(|one| &one["label"]).collect();
    assert!(labels.contains(&&json!("wrong-rate")), "{labels:?}");
}

/// A client that asks for the reason is told where it goes.
#[test]
fn a_client_may_ask_for_the_reason_itself() {
    let here = folder(&[("draft.md", DRAFT)]);
    let wishes = json!({ "silenceCommand": "desk.silence" });
    let mut client = Client::of(here.path(), &able(), &wishes);
    let draft = uri(&here.path().join("draft.md"));
    client.open(&draft, DRAFT);
    let offered = client.actions(&draft, &at(DRAFT, "20 percent"));
    let stand = titled(&offered, "Let it stand, for a reason (wrong-percent-change)");
    assert_eq!(stand["command"]["command"], "desk.silence");
    let place = &stand["command"]["arguments"][0];
    assert_eq!(place["position"], at(DRAFT, "Rents"));
    assert_eq!(place["before"], "<!-- crossfoot-ignore wrong-percent-change: ");
    assert_eq!(place["behind"], " -->\n");
}

/// Every finding of altered articles can be let stand where it is, and nothing else changes by it.
#[test]
fn a_comment_silences_its_finding_and_nothing_else() {
    let (here, mut client) = desk(&[]);
    let mut silenced = 0;
    let share = regex::Regex::new(r"\b\d[\d.]* per ?cent\b").unwrap();
    for entry in fs::read_dir(root().join("fixtures/articles")).unwrap() {
        let path = entry.unwrap().path();
        // No share of an article is what it should be.
        let text = fs::read_to_string(&path).unwrap();
        let text = share.replace_all(&text, "97 percent").into_owned();
        let name = path.file_name().unwrap().to_str().unwrap();
        let draft = format!("{}/{name}", uri(here.path()));
        let said = client.open(&draft, &text);
        for (version, one) in (1..).zip(&said) {
            let code = one["code"].as_str().unwrap();
            client.replace(&draft, version, &text);
            let offered = client.actions(&draft, &one["range"]["start"]);
            let title = format!("Let it stand, for a reason ({code})");
            let comment = done(&text, titled(&offered, &title), &draft);
            let reasoned =
                comment.replace(&format!("{code}:  -->"), &format!("{code}: so it is -->"));
            let left = client.replace(&draft, version, &reasoned);
            // The same rule may have found something else on these lines.
            let others = |all: &[Value]| all.iter().filter(|one| one["code"] != code).count();
            assert_eq!(others(&left), others(&said), "{name}: {one}\n{reasoned}");
            assert!(left.len() < said.len(), "{name}: {one}\n{reasoned}");
            silenced += 1;
        }
    }
    assert!(10 < silenced, "only {silenced}");
}

#[test]
fn a_figure_becomes_a_claim_and_the_claim_follows_its_article() {
    let (here, mut client) = desk(&[("draft.md", DRAFT)]);
    let draft = uri(&here.path().join("draft.md"));
    client.open(&draft, DRAFT);
    let offered = client.actions(&draft, &at(DRAFT, "1,250"));
    let first = titled(&offered, "Record \"1,250\" as the first claim of draft.toml");
    let changes = first["edit"]["documentChanges"].as_array().unwrap();
    assert_eq!(changes[0]["kind"], "create");
    let claims = changes[0]["uri"].as_str().unwrap().to_owned();
    assert!(claims.ends_with("/claims/draft.toml"), "{claims}");
    let text = changes[1]["edits"][0]["newText"].as_str().unwrap().to_owned();
    assert_eq!(text.matches("[[claim]]").count(), 1, "{text}");
    // The editor writes the file, and says so.
    fs::create_dir(here.path().join("claims")).unwrap();
    fs::write(here.path().join("claims/draft.toml"), &text).unwrap();
    client.notify("workspace/didChangeWatchedFiles", json!({ "changes": [] }));
    client.open(&claims, &text);
    // A second claim goes behind it, and changes nothing else.
    let offered = client.actions(&draft, &at(DRAFT, "€500"));
    let text = done(&text, titled(&offered, "Record \"€500\" as a claim"), &claims);
    assert_eq!(text.matches("[[claim]]").count(), 2, "{text}");
    client.replace(&claims, 1, &text);
    let told = client.at("textDocument/hover", &draft, &at(DRAFT, "1,250"));
    assert!(told["contents"]["value"].as_str().unwrap().contains("Claim `"), "{told}");

    // There and back.
    let there = client.at("textDocument/definition", &draft, &at(DRAFT, "1,250"));
    assert_eq!(there[0]["uri"], *claims, "{there}");
    let back = client.at("textDocument/definition", &claims, &there[0]["range"]["start"]);
    assert_eq!(back[0]["uri"], *draft, "{back}");
    assert_eq!(back[0]["range"]["start"], at(DRAFT, "1,250"));
    let all = client.at("textDocument/references", &draft, &at(DRAFT, "1,250"));
    assert_eq!(all.as_array().unwrap().len(), 2, "{all}");

    // The figure is edited: the claim says so, and takes it over.
    let edited = DRAFT.replace("1,250", "1,350");
    let said = client.replace(&draft, 1, &edited);
    assert!(codes(&said).contains(&"changed-figure"), "{said:?}");
    let offered = client.actions(&draft, &at(&edited, "1,350"));
    let own: Vec<&str> =
        titles(&offered).into_iter().filter(|one| one.starts_with("Take over")).collect();
    let [title] = &own[..] else { panic!("{offered:#?}") };
    let taken = done(&text, titled(&offered, title), &claims);
    assert!(taken.contains("1,350") && !taken.contains("1,250"), "{taken}");
    client.replace(&claims, 2, &taken);
    assert!(!codes(&client.said(&draft)).contains(&"changed-figure"));
    assert_eq!(client.end(), 0);
}

const CLAIMS: &str = "article = \"draft.md\"\n\n[[claim]]\nid = \"grant\"\nvalue = \"$290 million\"\n\
    quote = \"The grant is $290 million\"\nsource = { url = \"https://example.org/budget\" }\n\n\
    [[claim]]\nid = \"span\"\nvalue = \"four years\"\n\n[[claim]]\nid = \"yearly\"\nvalue = \"$82.5 million a year\"\n\n\
    [[assert]]\nrule = \"wrong-rate\"\ntotal = \"grant\"\nspan = \"span\"\nrate = \"yearly\"\n";

#[test]
fn claims_files_are_read_while_they_are_typed() {
    let (here, mut client) = desk(&[("draft.md", DRAFT), ("draft.toml", CLAIMS)]);
    let claims = uri(&here.path().join("draft.toml"));
    let said = client.open(&claims, CLAIMS);
    // What its check finds in the article is told there, though that is not open.
    assert_eq!(codes(&said), ["wrong-rate"]);
    let draft = uri(&here.path().join("draft.md"));
    assert_eq!(codes(&client.said(&draft)), ["wrong-rate", "wrong-percent-change"]);
    let symbols =
        client.request("textDocument/documentSymbol", json!({ "textDocument": { "uri": claims } }));
    let names: Vec<&Value> = symbols.as_array().unwrap().iter().map(|one| &one["name"]).collect();
    assert_eq!(names, ["grant", "span", "yearly", "wrong-rate"]);
    assert_eq!(symbols[0]["detail"], "$290 million");
    let links =
        client.request("textDocument/documentLink", json!({ "textDocument": { "uri": claims } }));
    assert_eq!(links[0]["target"], "https://example.org/budget");
    assert_eq!(links[0]["range"]["start"], at(CLAIMS, "https"));
    // An assert leads to its claims.
    let named = place(CLAIMS, CLAIMS.rfind("yearly").unwrap(), false);
    let to = client.at("textDocument/definition", &claims, &named);
    assert_eq!(to[0]["range"]["start"], at(CLAIMS, "yearly"), "{to}");
    // A figure leads to where it is from.
    let from = client.at("textDocument/declaration", &claims, &at(CLAIMS, "grant"));
    assert_eq!(from[0]["range"]["start"], at(CLAIMS, "https"), "{from}");
    let from = client.at("textDocument/declaration", &claims, &at(CLAIMS, "yearly"));
    assert_eq!(from, json!([]));
    let told = client.at("textDocument/hover", &claims, &at(CLAIMS, "grant"));
    assert!(told["contents"]["value"].as_str().unwrap().starts_with("Claim `grant`: $290 million"));

    let typed = CLAIMS.replace("value = \"four years\"", "vlaue = \"four years\"");
    let said = client.replace(&claims, 1, &typed);
    assert!(codes(&said).contains(&"unknown-key"), "{said:?}");
    // Keys, roles and ids, in a file that is no TOML yet.
    let mut version = 1;
    let mut proposed = |typed: String| -> Vec<String> {
        version += 1;
        let here = place(&typed, typed.find('^').unwrap(), false);
        client.replace(&claims, version, &typed.replace('^', ""));
        let all = client.at("textDocument/completion", &claims, &here);
        all.as_array()
            .unwrap()
            .iter()
            .map(|one| one["label"].as_str().unwrap().to_owned())
            .collect()
    };
    let keys = proposed(CLAIMS.replace("value = \"four years\"", "va^"));
    assert!(keys.contains(&"value".to_owned()) && !keys.contains(&"id".to_owned()), "{keys:?}");
    let roles = proposed(CLAIMS.replace("rate = \"yearly\"", "^"));
    assert!(roles.contains(&"rate".to_owned()) && !roles.contains(&"span".to_owned()), "{roles:?}");
    let ids = proposed(CLAIMS.replace("rate = \"yearly\"", "rate = \"^"));
    assert_eq!(ids, ["grant", "span", "yearly"]);
    let rules = proposed(CLAIMS.replace("rule = \"wrong-rate\"", "rule = \"^"));
    assert!(rules.contains(&"wrong-total".to_owned()));
    let words = proposed(CLAIMS.replace("value = \"four years\"", "status = \"^"));
    assert_eq!(words, ["unchecked", "verified", "disputed"]);
}

#[test]
fn rule_files_and_configurations_are_read_while_they_are_typed() {
    let (here, mut client) = desk(&[("crossfoot.toml", ""), ("rules/too-many-copies.toml", RULE)]);
    let rule = uri(&here.path().join("rules/too-many-copies.toml"));
    assert_eq!(codes(&client.open(&rule, RULE)), [""; 0]);
    let wrong = RULE.replace("why =", "whi =");
    assert_eq!(codes(&client.replace(&rule, 1, &wrong)), ["missing-key", "unknown-key"]);
    let typed = RULE.replace("{sold} copies", "{^");
    client.replace(&rule, 2, &typed.replace('^', ""));
    let roles = client.at("textDocument/completion", &rule, &at(&typed, "^"));
    assert_eq!((&roles[0]["label"], &roles[1]["label"]), (&json!("sold"), &json!("printed")));

    let config = uri(&here.path().join("crossfoot.toml"));
    assert_eq!(codes(&client.open(&config, "")), [""; 0]);
    let said = client.replace(&config, 1, "ignore = [\"wrong-rte\"]\nexlude = [\"a\"]\n");
    assert_eq!(codes(&said), ["unknown-rule", "unknown-key"]);
    // Other TOML is none of its business.
    let other = format!("{}/Cargo.toml", uri(here.path()));
    assert_eq!(codes(&client.open(&other, "[package]\nname = \"a\"\n")), [""; 0]);
    assert_eq!(codes(&client.replace(&other, 1, "[package")), [""; 0]);
}

#[test]
fn the_configuration_holds_and_is_watched() {
    let (here, mut client) = desk(&[("draft.md", DRAFT)]);
    let draft = uri(&here.path().join("draft.md"));
    assert_eq!(client.open(&draft, DRAFT).len(), 2);
    fs::write(here.path().join("crossfoot.toml"), "ignore = [\"wrong-rate\"]\n").unwrap();
    client.notify("workspace/didChangeWatchedFiles", json!({ "changes": [] }));
    assert_eq!(codes(&client.said(&draft)), ["wrong-percent-change"]);
    // What a baseline knows is not shown.
    let known = ["check", "draft.md", "--write-baseline", "known.toml"];
    assert!(crossfoot(here.path(), &known).status.success());
    fs::write(here.path().join("crossfoot.toml"), "baseline = \"known.toml\"\n").unwrap();
    client.notify("workspace/didChangeWatchedFiles", json!({ "changes": [] }));
    assert_eq!(codes(&client.said(&draft)), ["wrong-rate"]);
    fs::write(here.path().join("crossfoot.toml"), "exclude = [\"draft.md\"]\n").unwrap();
    client.notify("workspace/didChangeWatchedFiles", json!({ "changes": [] }));
    assert_eq!(codes(&client.said(&draft)), [""; 0]);
}

/// A client that cannot watch files gets to know of them all the same.
#[test]
fn a_client_that_watches_nothing_is_told_too() {
    let here = folder(&[("draft.md", DRAFT)]);
    let mut client = Client::of(here.path(), &json!({}), &Value::Null);
    let draft = uri(&here.path().join("draft.md"));
    let said = client.open(&draft, DRAFT);
    assert!(said.iter().all(|one| one.get("relatedInformation").is_none()), "{said:?}");
    fs::write(here.path().join("crossfoot.toml"), "ignore = [\"wrong-rate\"]\n").unwrap();
    // The file may be seen before all of it is written.
    while codes(&client.said(&draft)) != ["wrong-percent-change"] {}
    // Nor does it get edits that it cannot do.
    let offered = client.actions(&draft, &at(DRAFT, "20 percent"));
    assert!(offered.iter().all(|one| one["edit"].get("documentChanges").is_none()), "{offered:?}");
    assert!(offered.iter().any(|one| one["edit"]["changes"][&draft].is_array()), "{offered:?}");
}

#[test]
fn hints_are_shown_only_where_they_are_asked_for() {
    let (here, mut client) = desk(&[("draft.md", DRAFT)]);
    let draft = uri(&here.path().join("draft.md"));
    client.open(&draft, DRAFT);
    let start = json!({ "line": 0, "character": 0 });
    let whole = json!({ "start": start, "end": { "line": 99, "character": 0 } });
    let params = json!({ "textDocument": { "uri": draft }, "range": whole });
    assert_eq!(client.request("textDocument/inlayHint", params.clone()), Value::Null);
    let settings = json!({ "settings": { "crossfoot": { "inlayHints": true } } });
    client.notify("workspace/didChangeConfiguration", settings);
    let hints = client.request("textDocument/inlayHint", params.clone());
    assert!(client.asked.contains(&"workspace/inlayHint/refresh".to_owned()));
    // Settings that are silent about them leave them as they are.
    client.notify("workspace/didChangeConfiguration", json!({ "settings": null }));
    let again = client.request("textDocument/inlayHint", params);
    assert_eq!(again, hints);
    let own = hints.as_array().unwrap().iter().find(|one| one["label"] == "→ 25 percent");
    assert_eq!(own.unwrap()["position"], at(DRAFT, ".\nThe club"), "{hints}");
}

#[test]
fn what_is_no_message_is_answered_as_the_protocol_has_it() {
    let here = folder(&[]);
    let mut client = Client::started(here.path());
    let error = |client: &mut Client, message: &str| -> (Value, i64) {
        client.raw(format!("Content-Length: {}\r\n\r\n{message}", message.len()).as_bytes());
        let answer = client.answer();
        (answer["id"].clone(), answer["error"]["code"].as_i64().unwrap())
    };
    assert_eq!(error(&mut client, "{"), (Value::Null, -32700));
    assert_eq!(error(&mut client, "[]"), (Value::Null, -32600));
    assert_eq!(error(&mut client, r#"{"jsonrpc":"2.0","id":7}"#), (json!(7), -32600));
    let early = r#"{"jsonrpc":"2.0","id":"a","method":"textDocument/hover","params":{}}"#;
    assert_eq!(error(&mut client, early), (json!("a"), -32002));
    let folded = "[".repeat(100_000);
    assert_eq!(error(&mut client, &folded), (Value::Null, -32700));
    assert_eq!(client.request("initialize", json!({ "capabilities": 5 }))["code"], -32602);
    let answer = client.request("initialize", json!({ "capabilities": {} }));
    assert_eq!(answer["capabilities"]["positionEncoding"], "utf-16");
    assert_eq!(client.request("initialize", json!({ "capabilities": {} }))["code"], -32600);
    assert_eq!(client.request("textDocument/rename", json!({}))["code"], -32601);
    assert_eq!(client.request("textDocument/hover", json!({}))["code"], -32602);
    let closed =
        json!({ "textDocument": { "uri": "file:///closed.md" }, "position": at("a", "a") });
    assert_eq!(client.request("textDocument/hover", closed)["code"], -32602);
    // A notification has no answer, whatever is wrong with it.
    client.notify("textDocument/didOpen", json!({}));
    client.notify("textDocument/didChange", json!({ "textDocument": 5 }));
    client.notify("$/nonsense", json!({}));
    assert_eq!(client.request("shutdown", Value::Null), Value::Null);
    assert_eq!(client.request("textDocument/hover", json!({}))["code"], -32600);
    client.notify("exit", Value::Null);
    assert_eq!(client.code(), 0);
    // Without a goodbye, and where messages have no beginning any more.
    assert_eq!(Client::started(here.path()).code(), 1);
    let mut client = Client::started(here.path());
    client.raw(b"nonsense\r\n\r\n");
    assert_eq!(client.answer()["error"]["code"], -32700);
    assert_eq!(client.code(), 1);
}

#[test]
fn a_text_that_is_no_file_is_checked_too() {
    let (here, mut client) = desk(&[("crossfoot.toml", "ignore = [\"wrong-rate\"]\n")]);
    let document = |uri: &str, language: &str, text: &str| json!({ "textDocument": { "uri": uri, "languageId": language, "version": 0, "text": text } });
    client.notify("textDocument/didOpen", document("untitled:Untitled-1", "markdown", DRAFT));
    let said = client.said("untitled:Untitled-1");
    assert_eq!(codes(&said), ["wrong-percent-change"], "by the configuration of the folder");
    // A new file that is not saved, and one of a name with blanks.
    let new = format!("{}/new%20draft.md", uri(here.path()));
    assert_eq!(codes(&client.open(&new, DRAFT)), ["wrong-percent-change"]);
    client.notify("textDocument/didOpen", document("untitled:x", "rust", "fn f() {}"));
    assert_eq!(codes(&client.said("untitled:x")), [""; 0]);
    let large = format!("{DRAFT}{}", "a b\n".repeat(3 << 20));
    let said = client.replace(&new, 1, &large);
    assert!(said[0]["message"].as_str().unwrap().contains("more than 8 MB"), "{said:?}");
}

#[test]
fn names_of_files_are_not_mixed_up() {
    assert_eq!(uri(Path::new("/")), "file:///");
    assert_eq!(place("é𝄞\r\nx", 8, false), json!({ "line": 1, "character": 0 }));
    assert_eq!(place("é𝄞\r\nx", 6, true), json!({ "line": 0, "character": 6 }));
}
