//! What a request asks to be checked: JSON, or a form with a file.

use axum::Json;
use axum::body::{Body, Bytes};
use axum::extract::multipart::{Field, MultipartError};
use axum::extract::rejection::JsonRejection;
use axum::extract::{FromRequest, Multipart, Request};
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::Deserialize;

use crate::alone::Document;
use crate::source::Content;

/// A text to be checked.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "Crossfoot check request")]
pub(super) struct Asked {
    /// The text.
    text: String,
    /// What it is called; the ending says how it is written: `.txt`, `.md`, `.html`. Plain text without.
    #[serde(default)]
    name: Option<String>,
    /// The day of its publication: `2025-08-07`.
    #[serde(default)]
    published: Option<String>,
    /// Its claims file, as TOML. It is taken for this text's, whatever article it names.
    #[serde(default)]
    claims: Option<String>,
}

/// A document to be checked, and when it was published.
pub(super) struct Wanted {
    pub(super) document: Document,
    pub(super) published: Option<Date>,
}

/// Why a request is refused: what went wrong, in words.
pub(super) struct Refused(pub(super) StatusCode, pub(super) String);

impl Refused {
    fn unusable(reason: impl Into<String>) -> Self {
        Self(StatusCode::UNPROCESSABLE_ENTITY, reason.into())
    }
}

impl From<MultipartError> for Refused {
    fn from(error: MultipartError) -> Self {
        Self(error.status(), error.body_text())
    }
}

impl From<JsonRejection> for Refused {
    fn from(error: JsonRejection) -> Self {
        Self(error.status(), error.body_text())
    }
}

impl Wanted {
    /// Reads a request.
    ///
    /// # Errors
    /// Why it is refused.
    pub(super) async fn read(request: Request) -> Result<Self, Refused> {
        // The whole body first: within its bound, and cut in one go.
        let (head, body) = request.into_parts();
        let body = Bytes::from_request(Request::from_parts(head.clone(), body), &()).await;
        let body = body.map_err(|error| Refused(error.status(), error.body_text()))?;
        let request = Request::from_parts(head, Body::from(body));
        let kind = request.headers().get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
        let kind = kind.unwrap_or_default().to_ascii_lowercase();
        if kind.starts_with("multipart/form-data") {
            let form = Multipart::from_request(request, &()).await;
            return Self::of_form(
                form.map_err(|error| Refused(error.status(), error.body_text()))?,
            )
            .await;
        }
        let Json(asked) = Json::<Asked>::from_request(request, &()).await?;
        let name = named(asked.name.as_deref(), "draft.txt")?;
        Self::of(Document::new(name, asked.text), asked.published.as_deref(), asked.claims)
    }

    /// The field `file` with its name; beside it `name`, `published` and `claims`, each once at most.
    async fn of_form(mut form: Multipart) -> Result<Self, Refused> {
        let mut file: Option<(String, Vec<u8>)> = None;
        let (mut name, mut published, mut claims) = (None, None, None);
        while let Some(field) = form.next_field().await? {
            match field.name().unwrap_or_default() {
                "file" if file.is_none() => {
                    let own = field.file_name().unwrap_or_default().to_owned();
                    file = Some((own, field.bytes().await?.to_vec()));
                }
                "name" => once(&mut name, field).await?,
                "published" => once(&mut published, field).await?,
                "claims" => once(&mut claims, field).await?,
                other => {
                    let other: String = other.chars().take(40).collect();
                    return Err(Refused::unusable(format!(
                        "there is no field `{other}`, or twice"
                    )));
                }
            }
        }
        let (own, bytes) = file.ok_or_else(|| Refused::unusable("there is no field `file`"))?;
        let name = named(name.as_deref().or(Some(&own)), "draft")?;
        let content = Content::read(bytes, &name).map_err(Refused::unusable)?;
        Self::of(Document::new(name, content), published.as_deref(), claims)
    }

    fn of(
        mut document: Document,
        published: Option<&str>,
        claims: Option<String>,
    ) -> Result<Self, Refused> {
        let day = published.filter(|day| !day.is_empty()).map(str::parse);
        let day = day.transpose();
        let day = day.map_err(|_| Refused::unusable("`published` is no day; write 2025-08-07"))?;
        document.claims = claims.filter(|text| !text.trim().is_empty());
        Ok(Self { document, published: day })
    }
}

async fn once(into: &mut Option<String>, field: Field<'_>) -> Result<(), Refused> {
    match into.replace(field.text().await?) {
        None => Ok(()),
        Some(_) => Err(Refused::unusable("a field stands there twice")),
    }
}

/// Characters of a name.
const LONGEST_NAME: usize = 255;

/// What a document is called: the last part of what it is given as, for it is no path of this machine.
fn named(given: Option<&str>, otherwise: &str) -> Result<String, Refused> {
    let last = given.and_then(|name| name.rsplit(['/', '\\']).next()).unwrap_or_default();
    if LONGEST_NAME < last.chars().count() || last.chars().any(char::is_control) {
        return Err(Refused::unusable("the name is too long, or has control characters"));
    }
    Ok(if last.is_empty() { otherwise } else { last }.to_owned())
}
