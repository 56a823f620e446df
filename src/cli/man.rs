//! `crossfoot man`.

use std::io;
use std::path::Path;

use clap::{Command, CommandFactory};
use clap_mangen::Man;

use crate::cli::arguments::Cli;
use crate::cli::commands::ManArgs;
use crate::cli::exit::Exit;
use crate::cli::output::{cannot, complain, make_folder, print, put};
use crate::load::shown;
use crate::shape::closest;

/// Prints the page of a command, or writes all of them.
pub(super) fn run(args: &ManArgs) -> Exit {
    let mut program = Cli::command();
    program.build();
    if let Some(folder) = &args.dir {
        return match written(&program, folder) {
            Ok(count) => print(&format!("{count} pages are in {}\n", shown(folder))),
            Err(reason) => {
                complain(&reason);
                Exit::Failed
            }
        };
    }
    let wanted = match &args.command {
        None => Some(&program),
        Some(name) => program.get_subcommands().find(|command| command.get_name() == name),
    };
    let Some(command) = wanted else {
        let name = args.command.as_deref().unwrap_or_default();
        let near = closest(name, program.get_subcommands().map(Command::get_name));
        let hint = near.map_or_else(String::new, |near| format!("; did you mean `{near}`?"));
        complain(&format!("there is no command `{name}`{hint}"));
        return Exit::Failed;
    };
    match page(&program, command) {
        Ok(page) => print(&page),
        Err(error) => {
            complain(&format!("the page cannot be written: {error}"));
            Exit::Failed
        }
    }
}

/// Writes a page for the program and one for each command; how many.
fn written(program: &Command, folder: &Path) -> Result<usize, String> {
    make_folder(folder)?;
    let commands = program.get_subcommands().filter(|command| command.get_name() != "help");
    let all: Vec<&Command> = std::iter::once(program).chain(commands).collect();
    for command in &all {
        let name = title(program, command);
        let path = folder.join(format!("{name}.1"));
        page(program, command)
            .and_then(|page| put(&path, &page, || Ok(())))
            .map_err(|error| cannot(&path, &error))?;
    }
    Ok(all.len())
}

/// `crossfoot`, or `crossfoot-check`.
fn title(program: &Command, command: &Command) -> String {
    match command.get_name() {
        name if name == program.get_name() => name.to_owned(),
        name => format!("{}-{name}", program.get_name()),
    }
}

fn page(program: &Command, command: &Command) -> io::Result<String> {
    let name = title(program, command);
    // A page is named with a hyphen, a command is called with a space.
    let called = name.replacen('-', " ", 1);
    let command =
        command.clone().display_name(&*name).bin_name(called).version(env!("CARGO_PKG_VERSION"));
    let mut out = Vec::new();
    Man::new(command).title(name.to_uppercase()).render(&mut out)?;
    String::from_utf8(out).map_err(io::Error::other)
}
