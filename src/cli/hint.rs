//! What was probably meant where the command line names no command.

use std::path::Path;

use clap::builder::StyledStr;
use clap::error::{ContextKind, ContextValue, ErrorKind};

use crate::load::in_shell;
use crate::report::plain;

/// An error of the command line; where a file stands in the place of a command, with the command that
/// checks it.
pub(super) fn told(mut error: clap::Error) -> clap::Error {
    let given = match error.get(ContextKind::InvalidSubcommand) {
        Some(ContextValue::String(given)) if error.kind() == ErrorKind::InvalidSubcommand => given,
        _ => return error,
    };
    let path = Path::new(given);
    if given == "-" || path.exists() {
        let command = plain(&in_shell(path));
        let command = if given == "-" { given } else { &*command };
        let tip = StyledStr::from(format!("`crossfoot check {command}` checks it"));
        error.insert(ContextKind::Suggested, ContextValue::StyledStrs(vec![tip]));
    }
    error
}
