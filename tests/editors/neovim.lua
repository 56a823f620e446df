-- The server, driven by the client of Neovim.
--
--     CROSSFOOT=path/to/crossfoot nvim --headless -u NONE -l tests/editors/neovim.lua
--
-- Neovim before 0.9 has no -l: nvim --headless -u NONE -c 'luafile tests/editors/neovim.lua'

local function fail(what)
  io.stderr:write(what .. "\n")
  vim.cmd("cquit 1")
end

local function holds(fact, what)
  if not fact then
    fail("not so: " .. what)
  end
end

--- Waits until something is so; the editor goes on in the meantime.
local function until_so(fact, what)
  holds(vim.wait(30000, fact, 10), what)
end

local function run()
  local folder = vim.fn.tempname()
  vim.fn.mkdir(folder, "p")
  local draft = folder .. "/draft.md"
  vim.fn.writefile({
    "# Aid 𝄞",
    "",
    "The grant — “a lot” — is $290 million over four years, or $82.5 million a year.",
  }, draft)
  vim.cmd("edit " .. draft)
  local id = vim.lsp.start_client({
    name = "crossfoot",
    cmd = { os.getenv("CROSSFOOT"), "lsp" },
    root_dir = folder,
  })
  holds(id, "the server is started")
  vim.lsp.buf_attach_client(0, id)

  until_so(function() return #vim.diagnostic.get(0) == 1 end, "one thing is found")
  local found = vim.diagnostic.get(0)[1]
  holds(found.code == "wrong-rate" or found.user_data.lsp.code == "wrong-rate", "it is the rate")
  local line = vim.api.nvim_buf_get_lines(0, 2, 3, true)[1]
  holds(line:sub(found.col + 1, found.end_col) == "$82.5 million a year", "its words are marked, not others")

  local where = { textDocument = vim.lsp.util.make_text_document_params(), position = { line = 2, character = 28 } }
  local told = vim.lsp.buf_request_sync(0, "textDocument/hover", where, 30000)[id]
  holds(told.result.contents.value:find("$82.5 million a year × four years = $330 million", 1, true), "the arithmetic")

  where.range = { start = where.position, ["end"] = where.position }
  where.context = { diagnostics = {} }
  local offered = vim.lsp.buf_request_sync(0, "textDocument/codeAction", where, 30000)[id].result
  local mended = false
  for _, action in ipairs(offered) do
    if action.title == 'Write "$330 million" instead of "$290 million"' then
      vim.lsp.util.apply_workspace_edit(action.edit, vim.lsp.get_client_by_id(id).offset_encoding)
      mended = true
    end
  end
  holds(mended, "a mend is offered")
  line = vim.api.nvim_buf_get_lines(0, 2, 3, true)[1]
  holds(line:find("is $330 million over four years", 1, true), "the words are where they belong: " .. line)
  until_so(function() return #vim.diagnostic.get(0) == 0 end, "nothing clashes any more")

  -- The configuration is watched.
  vim.api.nvim_buf_set_lines(0, 3, 3, true, { "", "Rents rose from €400 to €500, or 20 percent." })
  until_so(function() return #vim.diagnostic.get(0) == 1 end, "what is typed is checked")
  vim.fn.writefile({ 'ignore = ["wrong-percent-change"]' }, folder .. "/crossfoot.toml")
  until_so(function() return #vim.diagnostic.get(0) == 0 end, "the configuration holds")

  vim.lsp.stop_client(id)
  until_so(function() return vim.lsp.client_is_stopped(id) end, "the server ends")
  print("Neovim " .. tostring(vim.version().major) .. "." .. tostring(vim.version().minor) .. " and the server agree\n")
end

local fine, reason = xpcall(run, debug.traceback)
if not fine then
  fail(reason)
end
vim.cmd("qall!")
