//! A person at a terminal: single keys, and now and then a line.

use std::io::{self, IsTerminal};

use console::{Key, Term};

/// A terminal that shows and is typed on.
pub(super) struct Terminal(Term);

/// What is pressed for an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Pressed {
    Char(char),
    Escape,
    /// The end of all input, Ctrl-D or Ctrl-C.
    End,
    /// A key that is no letter.
    Other,
}

/// What came of asking for a line.
pub(super) enum Typed {
    Line(String),
    /// It was left with Escape.
    Left,
    End,
}

impl Terminal {
    /// The terminal, if there is one at both ends.
    pub(super) fn open() -> Option<Self> {
        let term = Term::stdout();
        (term.is_term() && io::stdin().is_terminal()).then_some(Self(term))
    }

    /// Shows a text.
    pub(super) fn say(&self, text: &str) -> Result<(), String> {
        self.0.write_str(text).map_err(|error| error.to_string())
    }

    /// Waits for a key. Enter is none: it ends the answer before, for those who type it.
    pub(super) fn key(&self) -> Result<Pressed, String> {
        loop {
            return Ok(match self.read()? {
                Key::Enter => continue,
                Key::CtrlC => Pressed::End,
                Key::Char(c) => Pressed::Char(c),
                Key::Escape => Pressed::Escape,
                _ => Pressed::Other,
            });
        }
    }

    /// Reads a line with something in it; an empty one ends the answer before.
    pub(super) fn line(&self) -> Result<Typed, String> {
        let mut line = String::new();
        loop {
            match self.read()? {
                Key::Enter if line.trim().is_empty() => {}
                Key::Enter => {
                    self.say("\n")?;
                    return Ok(Typed::Line(line.trim().to_owned()));
                }
                Key::CtrlC => return Ok(Typed::End),
                Key::Escape => return Ok(Typed::Left),
                Key::Backspace if line.pop().is_some() => {
                    self.0.clear_chars(1).map_err(|error| error.to_string())?;
                }
                Key::Char(c) if !c.is_control() => {
                    line.push(c);
                    self.say(c.encode_utf8(&mut [0; 4]))?;
                }
                _ => {}
            }
        }
    }

    /// A key; `CtrlC` for whatever ends the input.
    fn read(&self) -> Result<Key, String> {
        match self.0.read_key_raw() {
            // The terminal keeps a Ctrl-D as a zero that is typed before it is waited for.
            Ok(Key::Char('\u{4}' | '\0')) => Ok(Key::CtrlC),
            Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => Ok(Key::CtrlC),
            read => read.map_err(|error| error.to_string()),
        }
    }
}
