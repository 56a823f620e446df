//! Puts together what is made of the WebAssembly of `crossfoot-web`. `web/build` runs it.
//!
//! ```text
//! crossfoot-pack glue WASM FOLDER          crossfoot.js, classic/crossfoot.js and crossfoot_bg.wasm
//! crossfoot-pack page FOLDER WEB OUT.html  the page as one file, and OUT.html.gz
//! ```

use std::env;
use std::error::Error;
use std::fs;
use std::num::NonZeroU64;
use std::path::Path;
use std::process::ExitCode;

use base64::prelude::{BASE64_STANDARD, Engine as _};
use sha2::{Digest as _, Sha256};
use wasm_bindgen_cli_support::Bindgen;
use zopfli::{Format, Options};

type Done = Result<(), Box<dyn Error>>;

fn main() -> ExitCode {
    let given: Vec<String> = env::args().skip(1).collect();
    let given: Vec<&str> = given.iter().map(String::as_str).collect();
    let done = match *given {
        ["glue", wasm, folder] => glue(Path::new(wasm), Path::new(folder)),
        ["page", folder, web, out] => page(Path::new(folder), Path::new(web), Path::new(out)),
        _ => Err("usage: crossfoot-pack glue WASM FOLDER | page FOLDER WEB OUT.html".into()),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(reason) => {
            eprintln!("crossfoot-pack: {reason}");
            ExitCode::FAILURE
        }
    }
}

/// Writes the module that JavaScript loads, and two scripts that load it: a module for the package, and a
/// classic one for the page, because a page from a folder cannot start a worker that is a module.
fn glue(wasm: &Path, folder: &Path) -> Done {
    let classic = folder.join("classic");
    let mut bindgen = Bindgen::new();
    bindgen.input_path(wasm).out_name("crossfoot").typescript(false).omit_default_module_path(true);
    bindgen.remove_name_section(true).remove_producers_section(true);
    bindgen.web(true)?.generate(folder)?;
    let mut bindgen = Bindgen::new();
    bindgen.input_path(wasm).out_name("crossfoot").typescript(false).omit_default_module_path(true);
    bindgen.remove_name_section(true).remove_producers_section(true);
    bindgen.no_modules(true)?.generate(&classic)?;
    let module = |folder: &Path| fs::read(folder.join("crossfoot_bg.wasm"));
    if module(folder)? != module(&classic)? {
        return Err("the two scripts do not load the same module".into());
    }
    Ok(())
}

/// Writes the page: style, scripts and WebAssembly in one file that asks for nothing.
fn page(folder: &Path, web: &Path, out: &Path) -> Done {
    let read = |path: &Path| {
        fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))
    };
    // The look of the report, and what a page to write on has beside it.
    let style =
        read(&web.join("../src/report/formats/html/page.css"))? + &read(&web.join("style.css"))?;
    let mut script = String::new();
    for part in ["ask.js", "text.js", "draw.js", "page.js"] {
        script += &read(&web.join(part))?;
    }
    // What loads the checker, and what answers the page with it.
    let worker = read(&folder.join("classic/crossfoot.js"))? + &read(&web.join("worker.js"))?;
    let wasm = BASE64_STANDARD.encode(packed(&fs::read(folder.join("crossfoot_bg.wasm"))?)?);
    let policy = format!(
        "default-src 'none'; script-src {} 'wasm-unsafe-eval'; style-src {}; worker-src blob:; \
         img-src data:; base-uri 'none'; form-action 'none'",
        digest(&script),
        digest(&style),
    );
    let mut page = read(&web.join("page.html"))?;
    let parts = [
        ("policy", policy),
        ("style", style),
        ("script", script),
        ("worker", worker),
        ("wasm", wasm),
    ];
    for (name, part) in parts {
        // The end of an element within it would be taken for its own.
        if ["</script", "</style", "<!--"].iter().any(|end| part.contains(end)) {
            return Err(format!("the {name} has an end of an element in it").into());
        }
        let place = format!("{{{{ {name} }}}}");
        if page.matches(&place).count() != 1 {
            return Err(format!("page.html has no single place {place}").into());
        }
        page = page.replace(&place, &part);
    }
    fs::write(out, &page)?;
    let small = packed(page.as_bytes())?;
    fs::write(out.with_extension("html.gz"), &small)?;
    println!("{}: {} bytes, {} compressed", out.display(), page.len(), small.len());
    Ok(())
}

/// A source of the content security policy (level 3).
fn digest(text: &str) -> String {
    format!("'sha256-{}'", BASE64_STANDARD.encode(Sha256::digest(text.as_bytes())))
}

/// Packs bytes as gzip does, smaller than it does and slowly.
fn packed(bytes: &[u8]) -> Result<Vec<u8>, std::io::Error> {
    let few = NonZeroU64::new(3).unwrap_or(NonZeroU64::MIN);
    let options = Options { iteration_count: few, ..Options::default() };
    let mut out = Vec::new();
    zopfli::compress(options, Format::Gzip, bytes, &mut out)?;
    Ok(out)
}
