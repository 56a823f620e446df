//! What is answered: the page, the schemas, and reports of what is posted. No file of this machine is read.

use std::io::Read as _;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::{DefaultBodyLimit, Request, State};
use axum::http::header::{
    ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, REFERRER_POLICY, VARY,
    X_CONTENT_TYPE_OPTIONS, X_FRAME_OPTIONS,
};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use flate2::read::GzDecoder;
use serde_json::json;
use tokio::sync::Semaphore;
use tokio::task::spawn_blocking;
use tokio::time::timeout;

use crate::Options;
use crate::cli::serve::asked::{Asked, Refused, Wanted};
use crate::cli::serve::gate::Gate;
use crate::report::{json as report_json, report_schema};

/// The page, packed.
const PAGE: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/page.html.gz"));

/// Bytes of a request's body.
const MOST_BYTES: usize = 16 << 20;

/// How long a request may wait for its turn, take to arrive, and be checked, each.
const LONGEST: Duration = Duration::from_secs(30);

/// Bodies that are read or checked for each core; so many times [`MOST_BYTES`] may be in memory.
const EACH_CORE: usize = 2;

/// What the answers share.
struct Desk {
    gate: Arc<Gate>,
    /// Whose turn it is to be read.
    turns: Semaphore,
    /// Checks at once. A check that took too long for its asker still has its place.
    cores: Arc<Semaphore>,
}

/// Everything that is answered.
pub(super) fn router(gate: &Arc<Gate>) -> Router {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let desk = Arc::new(Desk {
        gate: Arc::clone(gate),
        turns: Semaphore::new(cores * EACH_CORE),
        cores: Arc::new(Semaphore::new(cores)),
    });
    Router::new()
        .route("/", get(page))
        .route("/v1/check", post(check))
        .route("/v1/schema/request", get(|| async { schema(&request_schema()) }))
        .route("/v1/schema/report", get(|| async { schema(&report_schema()) }))
        .fallback(|| async {
            refused(
                StatusCode::NOT_FOUND,
                "there is /, /v1/check, /v1/schema/request and /v1/schema/report",
            )
        })
        .method_not_allowed_fallback(|| async {
            refused(StatusCode::METHOD_NOT_ALLOWED, "/v1/check is posted to, the others are got")
        })
        .layer(DefaultBodyLimit::max(MOST_BYTES))
        .layer(middleware::from_fn_with_state(Arc::clone(&desk), guarded))
        .with_state(desk)
}

fn request_schema() -> serde_json::Value {
    schemars::schema_for!(Asked).to_value()
}

/// Lets in who may come in, and tells browsers to keep the answers to themselves.
async fn guarded(State(desk): State<Arc<Desk>>, request: Request, next: Next) -> Response {
    let mut response = match desk.gate.lets_in(request.headers()) {
        Ok(()) => next.run(request).await,
        Err(reason) => refused(StatusCode::FORBIDDEN, reason),
    };
    let headers = response.headers_mut();
    for (name, value) in [
        (X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (REFERRER_POLICY, "no-referrer"),
        (X_FRAME_OPTIONS, "DENY"),
        (CACHE_CONTROL, "no-cache"),
        (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    response
}

async fn page(headers: HeaderMap) -> Response {
    let kind = (CONTENT_TYPE, "text/html; charset=utf-8");
    let accepted = headers.get(ACCEPT_ENCODING).and_then(|all| all.to_str().ok());
    if accepted.is_some_and(accepts_gzip) {
        return ([kind, (CONTENT_ENCODING, "gzip"), (VARY, "accept-encoding")], PAGE)
            .into_response();
    }
    let mut whole = Vec::new();
    match GzDecoder::new(PAGE).read_to_end(&mut whole) {
        Ok(_) => ([kind, (VARY, "accept-encoding")], whole).into_response(),
        Err(_) => refused(StatusCode::INTERNAL_SERVER_ERROR, "the page is damaged"),
    }
}

/// Whether a list of encodings (RFC 9110, 12.5.3) has gzip, and does not refuse it.
fn accepts_gzip(list: &str) -> bool {
    list.split(',').any(|one| {
        let (name, weight) = one.split_once(';').unwrap_or((one, ""));
        let is_refused =
            weight.trim().trim_start_matches("q=").parse() == Ok(0_u8) || weight.contains("q=0.0");
        ["gzip", "*"].contains(&name.trim()) && !is_refused
    })
}

fn schema(schema: &serde_json::Value) -> Response {
    ([(CONTENT_TYPE, "application/schema+json")], schema.to_string()).into_response()
}

fn refused(status: StatusCode, reason: &str) -> Response {
    let body = json!({ "error": reason }).to_string();
    (status, [(CONTENT_TYPE, "application/json")], body).into_response()
}

/// Checks what is posted.
async fn check(State(desk): State<Arc<Desk>>, request: Request) -> Response {
    match checked(&desk, request).await {
        Ok(report) => ([(CONTENT_TYPE, "application/json")], report).into_response(),
        Err(Refused(status, reason)) => refused(status, &reason),
    }
}

async fn checked(desk: &Desk, request: Request) -> Result<String, Refused> {
    let busy =
        || Refused(StatusCode::SERVICE_UNAVAILABLE, "too many texts wait for a check".to_owned());
    let turn = timeout(LONGEST, desk.turns.acquire()).await;
    let _turn = turn.map_err(|_| busy())?.map_err(|_| busy())?;
    let slow =
        |_| Refused(StatusCode::REQUEST_TIMEOUT, "the request took too long to arrive".to_owned());
    let wanted = timeout(LONGEST, Wanted::read(request)).await.map_err(slow)??;
    let core = timeout(LONGEST, Arc::clone(&desk.cores).acquire_owned()).await;
    let core = core.map_err(|_| busy())?.map_err(|_| busy())?;
    let work = spawn_blocking(move || {
        let report = report_of(wanted);
        drop(core);
        report
    });
    let failed = |reason: &str| Refused(StatusCode::INTERNAL_SERVER_ERROR, reason.to_owned());
    let done = timeout(LONGEST, work).await;
    let done = done.map_err(|_| {
        Refused(StatusCode::SERVICE_UNAVAILABLE, "the check took too long".to_owned())
    })?;
    done.map_err(|_| failed("the check failed, which is a fault of the program"))
}

fn report_of(wanted: Wanted) -> String {
    let Wanted { mut document, published } = wanted;
    document.today = Some(jiff::Zoned::now().date());
    report_json(&document.check(&Options::new().published(published)))
}

#[cfg(test)]
mod tests {
    use super::accepts_gzip;

    #[test]
    fn gzip_is_sent_to_who_takes_it() {
        for (list, takes) in [
            ("gzip, deflate, br", true),
            ("br;q=1.0, gzip;q=0.8", true),
            ("*", true),
            ("identity", false),
            ("gzip;q=0", false),
            ("gzip;q=0.0", false),
            ("", false),
        ] {
            assert_eq!(accepts_gzip(list), takes, "{list}");
        }
    }
}
