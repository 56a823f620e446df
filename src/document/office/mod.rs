//! What Word documents and `OpenDocument` texts have in common: an archive of parts, XML with places, and a
//! flow of paragraphs.

mod flow;
mod hang;
mod namespace;
mod package;
mod xml;

pub(super) use flow::{Flow, Hung, Level};
pub(super) use hang::{Comment, hang};
pub(super) use namespace::Namespace;
pub(super) use package::{Package, is_zip};
pub(super) use xml::{Element, Node, Xml};
