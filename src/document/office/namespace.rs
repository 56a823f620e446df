//! The namespaces whose elements are read, whatever prefix a file gives them.

/// A namespace of office documents.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::document) enum Namespace {
    /// `WordprocessingML` (ECMA-376 Part 1, 17), transitional or strict.
    Word,
    /// Relations of a part to others (Part 1, 8.1).
    Relation,
    /// Equations (Part 1, 22.1).
    Math,
    /// Markup compatibility (Part 3).
    Compatibility,
    /// Drawings and shapes, new and old, that may hold text boxes.
    Drawing,
    /// The list of relations of a part (Part 2, 6.5).
    Relationships,
    /// What a part is (Part 2, 6.2.3).
    ContentTypes,
    /// What of `OpenDocument` holds a document together.
    Office,
    /// Text of `OpenDocument`.
    Text,
    /// Tables of `OpenDocument`.
    Table,
    /// Frames of `OpenDocument`.
    Draw,
    /// Styles of `OpenDocument`.
    Style,
    /// What styles of `OpenDocument` share with XSL.
    Format,
    /// Addresses of links.
    Link,
    /// Names of people and dates.
    Dublin,
    /// Manifests of `OpenDocument`.
    Manifest,
    /// `xml:space` and its like.
    Xml,
    /// All others.
    Other,
}

impl Namespace {
    /// The namespace of a name.
    pub(super) fn of(name: &[u8]) -> Self {
        match name {
            b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
            | b"http://purl.oclc.org/ooxml/wordprocessingml/main" => Self::Word,
            b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"
            | b"http://purl.oclc.org/ooxml/officeDocument/relationships" => Self::Relation,
            b"http://schemas.openxmlformats.org/officeDocument/2006/math"
            | b"http://purl.oclc.org/ooxml/officeDocument/math" => Self::Math,
            b"http://schemas.openxmlformats.org/markup-compatibility/2006" => Self::Compatibility,
            b"http://schemas.microsoft.com/office/word/2010/wordprocessingShape"
            | b"http://schemas.microsoft.com/office/word/2010/wordprocessingGroup"
            | b"http://schemas.microsoft.com/office/word/2010/wordprocessingCanvas"
            | b"http://schemas.microsoft.com/office/word/2010/wordprocessingInk"
            | b"http://schemas.microsoft.com/office/word/2010/wordprocessingDrawing"
            | b"http://schemas.microsoft.com/office/drawing/2010/main"
            | b"http://schemas.microsoft.com/office/word/2010/wordml"
            | b"http://schemas.microsoft.com/office/word/2012/wordml" => Self::Drawing,
            b"http://schemas.openxmlformats.org/package/2006/relationships" => Self::Relationships,
            b"http://schemas.openxmlformats.org/package/2006/content-types" => Self::ContentTypes,
            b"urn:oasis:names:tc:opendocument:xmlns:office:1.0" => Self::Office,
            b"urn:oasis:names:tc:opendocument:xmlns:text:1.0" => Self::Text,
            b"urn:oasis:names:tc:opendocument:xmlns:table:1.0" => Self::Table,
            b"urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" => Self::Draw,
            b"urn:oasis:names:tc:opendocument:xmlns:style:1.0" => Self::Style,
            b"urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0" => Self::Format,
            b"http://www.w3.org/1999/xlink" => Self::Link,
            b"http://purl.org/dc/elements/1.1/" => Self::Dublin,
            b"urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" => Self::Manifest,
            _ => Self::Other,
        }
    }
}
