//! The tools as the Model Context Protocol has them.

use rmcp::handler::server::wrapper::Parameters;
use rmcp::model::{Implementation, ServerCapabilities, ServerConfig};
use rmcp::transport::async_rw::AsyncRwTransport;
use rmcp::{Json, ServerHandler, ServiceExt, tool, tool_handler, tool_router};
use schemars::JsonSchema;

use crate::cli::mcp::asked::{ClaimsAsked, LineAsked, TextAsked};
use crate::cli::mcp::desk::Desk;
use crate::cli::mcp::told::{CheckTold, ClaimsTold, FiguresTold, LineTold};
use crate::finding::guarded;

/// Bytes of a message that are read; a text of a megabyte may take six times that, escaped.
const LARGEST_MESSAGE: usize = 16 << 20;

const INSTRUCTIONS: &str = "Checks whether the figures and dates of an English text can all be true \
    together: sums, shares, changes, rates, ages, weekdays. Run check_text over what was drafted before \
    it is handed on. It knows nothing of the world: that nothing is found means that nothing clashes, not \
    that it is true.";

/// Serves standard input and output until the input ends.
///
/// # Errors
/// Why the connection broke off.
pub(super) fn serve(desk: Desk) -> Result<(), String> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build();
    let runtime = runtime.map_err(|error| error.to_string())?;
    let served = runtime.block_on(async {
        let (input, output) = (tokio::io::stdin(), tokio::io::stdout());
        let transport =
            AsyncRwTransport::new_server(input, output).with_max_line_length(LARGEST_MESSAGE);
        let running = Server { desk }.serve(transport).await.map_err(|error| error.to_string())?;
        running.waiting().await.map(drop).map_err(|error| error.to_string())
    });
    // What waits for standard input would be waited for.
    runtime.shutdown_background();
    served
}

#[derive(Clone, Debug)]
struct Server {
    desk: Desk,
}

/// What a tool comes to, a fault of the program being an error of that call.
fn told<T: JsonSchema>(work: impl FnOnce() -> Result<T, String>) -> Result<Json<T>, String> {
    guarded(work).and_then(|told| told).map(Json)
}

#[tool_router]
impl Server {
    /// Checks the figures and dates of a text.
    #[tool(
        description = "Check whether the figures and dates of a text can all be true together. Returns what \
            clashes, with the arithmetic and what each figure would have to read."
    )]
    async fn check_text(
        &self,
        Parameters(asked): Parameters<TextAsked>,
    ) -> Result<Json<CheckTold>, String> {
        told(|| Desk::check_text(&asked))
    }

    /// Lists the figures and dates of a text.
    #[tool(
        description = "List every figure and date of a text, with what it states and the numbers that it \
            stands for once rounding is allowed for."
    )]
    async fn extract_figures(
        &self,
        Parameters(asked): Parameters<TextAsked>,
    ) -> Result<Json<FiguresTold>, String> {
        told(|| self.desk.extract_figures(&asked))
    }

    /// Explains a line of a text.
    #[tool(
        description = "Explain what was made of a line of a text: its figures, what relates them with the \
            arithmetic, and where nothing was said, what was tried and why it came to nothing."
    )]
    async fn explain_line(
        &self,
        Parameters(asked): Parameters<LineAsked>,
    ) -> Result<Json<LineTold>, String> {
        told(|| self.desk.explain_line(&asked))
    }

    /// Checks a claims file with its article.
    #[tool(
        description = "Check a claims file (TOML) with its article: whether each claim still stands in the \
            article as it quotes it, and whether what it asserts holds. Give both as texts, or the path of a \
            claims file in the folder that the server was given."
    )]
    async fn check_claims(
        &self,
        Parameters(asked): Parameters<ClaimsAsked>,
    ) -> Result<Json<ClaimsTold>, String> {
        told(|| self.desk.check_claims(&asked))
    }
}

#[tool_handler]
impl ServerHandler for Server {
    fn get_info(&self) -> ServerConfig {
        ServerConfig::new(ServerCapabilities::builder().enable_tools().build())
            .with_server_info(Implementation::new("crossfoot", env!("CARGO_PKG_VERSION")))
            .with_instructions(INSTRUCTIONS)
    }
}
