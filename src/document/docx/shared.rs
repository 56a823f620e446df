//! What the parts of a document share.

use crate::document::Revision;
use crate::document::docx::numbering::Numbering;
use crate::document::docx::relations::Relations;
use crate::document::docx::styles::Styles;

/// What the parts of a document share.
pub(super) struct Shared {
    pub(super) styles: Styles,
    pub(super) numbering: Numbering,
    pub(super) relations: Relations,
    pub(super) revision: Revision,
}
