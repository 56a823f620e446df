//! What a command came to, and the code that the process ends with.

/// What a command came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Exit {
    /// Nothing at error level.
    Clean,
    /// Findings at error level.
    Findings,
    /// Could not do what was asked.
    Failed,
}

impl Exit {
    /// The code that the process ends with.
    pub(super) fn code(self) -> u8 {
        match self {
            Self::Clean => 0,
            Self::Findings => 1,
            Self::Failed => 2,
        }
    }
}
