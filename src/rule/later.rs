//! What is made when it is first needed.

use std::fmt;
use std::ops::Deref;
use std::sync::{Arc, LazyLock};

type Make<T> = Box<dyn FnOnce() -> T + Send>;

/// A part of a rule that is made when it is first looked at: most texts need few of those that are built in.
pub struct Later<T>(Arc<LazyLock<T, Make<T>>>);

impl<T: Send + 'static> Later<T> {
    /// What will be made.
    pub(crate) fn new(make: impl FnOnce() -> T + Send + 'static) -> Self {
        Self(Arc::new(LazyLock::new(Box::new(make))))
    }

    /// What is made already.
    pub(crate) fn made(value: T) -> Self {
        Self::new(|| value)
    }
}

impl<T> Clone for Later<T> {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}

impl<T> Deref for Later<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

impl<T: fmt::Debug> fmt::Debug for Later<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).fmt(f)
    }
}
