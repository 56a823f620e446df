"""Lists and calls every tool of `crossfoot mcp` with the client of the Python SDK.

    python3 tests/mcp/client.py PROGRAM

Needs the package `mcp` of PyPI. Ends with a message and code 1 at the first thing that is not so.
"""

import asyncio
import json
import subprocess
import sys
import tempfile
from pathlib import Path

from mcp import ClientSession, StdioServerParameters
from mcp.client.stdio import stdio_client

DRAFT = (
    "The grant is $290 million over four years, or $82.5 million a year.\n\n"
    "On Tuesday the “café” sold 1,250 tickets.\n"
)
CLAIMS = (
    'article = "draft.md"\n[[claim]]\nid = "grant"\nvalue = "$290 million"\nquote = "The grant is $290 million"\n'
)


def same(found, expected, what):
    if found != expected:
        sys.exit(f"{what}: {found!r} is not {expected!r}")


def holds(fact, what):
    if not fact:
        sys.exit(f"not so: {what}")


async def told(session, tool, **arguments):
    """What a tool answers; the text of it is the same as its structure."""
    result = await session.call_tool(tool, arguments)
    failed = getattr(result, "isError", getattr(result, "is_error", None))
    if failed:
        sys.exit(f"{tool}: {result.content}")
    structured = getattr(result, "structuredContent", getattr(result, "structured_content", None))
    same(json.loads(result.content[0].text), structured, tool)
    return structured


async def refused(session, tool, arguments, reason):
    """That a call is answered with an error, of the protocol or of the tool, and why."""
    try:
        result = await session.call_tool(tool, arguments)
    except Exception as error:
        said = str(error)
    else:
        holds(getattr(result, "isError", getattr(result, "is_error", None)), f"{tool} refuses {arguments}"[:200])
        said = result.content[0].text
    holds(reason in said, f"{tool}: “{reason}” in “{said[:300]}”")


async def tools(session):
    listed = {tool.name: tool for tool in (await session.list_tools()).tools}
    same(sorted(listed), ["check_claims", "check_text", "explain_line", "extract_figures"], "the tools")
    for tool in listed.values():
        read = getattr(tool, "inputSchema", getattr(tool, "input_schema", None))
        write = getattr(tool, "outputSchema", getattr(tool, "output_schema", None))
        same(read["type"], "object", f"the input of {tool.name}")
        same(read["additionalProperties"], False, f"what else {tool.name} takes")
        same(write["type"], "object", f"the output of {tool.name}")
        holds(tool.description, f"{tool.name} says what it does")

    checked = await told(session, "check_text", text=DRAFT, format="markdown")
    [finding] = checked["findings"]
    same((finding["rule"], finding["level"]), ("wrong-rate", "error"), "the finding")
    same(finding["readings"][0]["would_read"], "$330 million", "the reading")
    same((finding["at"]["line"], finding["at"]["words"]), (1, "$82.5 million a year"), "its place")
    same(checked["more_findings"], 0, "more findings")

    figures = (await told(session, "extract_figures", text=DRAFT, published="2025-08-07"))["figures"]
    same([figure["words"] for figure in figures][:3], ["$290 million", "four years", "$82.5 million a year"], "figures")
    same(figures[0]["stands_for"], "289,500,000 to 290,500,000", "an interval")
    same(next(f for f in figures if f["words"] == "Tuesday" or f["words"] == "On Tuesday")["states"], "2025-08-05", "a day")

    explained = (await told(session, "explain_line", text=DRAFT, line=1))["explanation"]
    holds("× four years = $330 million" in explained, explained)

    claims = await told(session, "check_claims", claims=CLAIMS, article=DRAFT.replace("$290", "$310"))
    same(claims["claims"], [{"id": "grant", "value": "$290 million", "state": "figure changed"}], "claims")
    holds(any(one["rule"] == "changed-figure" for one in claims["findings"]), "a changed figure is told")


async def malformed(session):
    await refused(session, "check_text", {}, "text")
    await refused(session, "check_text", {"text": 5}, "string")
    await refused(session, "check_text", {"text": "a", "format": "pdf"}, "pdf")
    await refused(session, "check_text", {"text": "a", "colour": "red"}, "colour")
    await refused(session, "check_text", {"text": "a", "published": "soon"}, "this is no day")
    await refused(session, "check_text", {"text": "a" * (1 << 20) + "b"}, "no more than 1048576")
    await refused(session, "explain_line", {"text": "Five.", "line": 9}, "there is no line 9")
    await refused(session, "explain_line", {"text": "Nothing.", "line": 1}, "no figure is read in line 1")
    await refused(session, "explain_line", {"text": "a", "line": -1}, "-1")
    await refused(session, "check_claims", {}, "either `claims` or `path`")
    await refused(session, "check_claims", {"claims": CLAIMS, "path": "a.toml"}, "neither")
    await refused(session, "no_such_tool", {}, "not found")
    # Broken claims are findings, not errors, and a text of hundreds of clashes is bounded.
    broken = await told(session, "check_claims", claims="[[claim]\n")
    same(broken["findings"][0]["rule"], "invalid-toml", "broken claims")
    many = "It fell by 50 percent, from 146,000 to 100,000.\n\n" * 300
    many = await told(session, "check_text", text=many)
    same((len(many["findings"]), many["more_findings"]), (100, 200), "many findings")


async def folder(program, desk):
    (desk / "in").mkdir()
    (desk / "in/draft.md").write_text(DRAFT)
    (desk / "in/claims.toml").write_text(CLAIMS)
    (desk / "in/.hidden.toml").write_text(CLAIMS)
    (desk / "in/out.toml").write_text(CLAIMS.replace("draft.md", "../secret.md"))
    (desk / "secret.md").write_text(DRAFT)
    (desk / "secret.toml").write_text(CLAIMS)
    (desk / "in/link.toml").symlink_to(desk / "secret.toml")
    server = StdioServerParameters(command=program, args=["mcp", str(desk / "in")])
    async with stdio_client(server) as streams, ClientSession(*streams) as session:
        await session.initialize()
        claims = await told(session, "check_claims", path="claims.toml")
        same(claims["claims"][0]["state"], "same", "a claim of the folder")
        for path in ["../secret.toml", str(desk / "secret.toml"), "link.toml", ".hidden.toml", "none.toml/../../secret.toml"]:
            await refused(session, "check_claims", {"path": path}, "is not in the folder, or is hidden")
        await refused(session, "check_claims", {"path": "draft.md"}, "no claims file")
        await refused(session, "check_claims", {"path": "none.toml"}, "none.toml")
        # Nor does a claims file lead out of it.
        out = await told(session, "check_claims", path="out.toml")
        same([one["rule"] for one in out["findings"]], ["article-missing"], "an article outside")


def not_messages(program):
    """What is no message ends nothing: the next request is answered."""
    start = {
        "jsonrpc": "2.0", "id": 1, "method": "initialize",
        "params": {"protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": {"name": "a", "version": "1"}},
    }
    lines = [json.dumps(start), '{"jsonrpc":"2.0","method":"notifications/initialized"}', "nonsense", "[" * 5000,
             "x" * (17 << 20), '{"jsonrpc":"2.0","id":2,"method":"no/such"}', '{"jsonrpc":"2.0","id":3,"method":"ping"}']
    run = subprocess.run([program, "mcp"], input="\n".join(lines) + "\n", capture_output=True, text=True, timeout=120)
    answers = {answer.get("id"): answer for answer in map(json.loads, run.stdout.splitlines())}
    same(run.returncode, 0, f"the end: {run.stderr}")
    same(answers[1]["result"]["serverInfo"]["name"], "crossfoot", "the name")
    same(answers[2]["error"]["code"], -32601, "an unknown method")
    same(answers[3]["result"], {}, "a ping")


async def main(program):
    server = StdioServerParameters(command=program, args=["mcp"])
    async with stdio_client(server) as streams, ClientSession(*streams) as session:
        await session.initialize()
        await tools(session)
        await malformed(session)
        await refused(session, "check_claims", {"path": "claims.toml"}, "was given no folder")
    with tempfile.TemporaryDirectory() as desk:
        await folder(program, Path(desk))
    not_messages(program)
    print("every tool was listed and called, and what was malformed was refused")


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1]))
