-- Drives a real Neovim against the language server: started by scripts/editor-check.mjs with FOLDER, NODE and SERVER in the environment.
local folder, node, server = vim.env.FOLDER, vim.env.NODE, vim.env.SERVER
local passed, failed = 0, 0
local function check(name, ok, detail)
  if ok then passed = passed + 1 else failed = failed + 1 end
  io.stdout:write((ok and "ok   " or "FAIL ") .. name .. (ok and "" or ": " .. vim.inspect(detail)) .. "\n")
end

local exit_code
local config = {
  name = "kconfig-lint",
  cmd = { node, server, "lsp", "--stdio" },
  root_dir = folder,
  settings = { kconfigLint = { profiles = { "krata-zone" }, kernel = "6.12", arch = "x86_64", base = "defconfig" } },
  on_exit = function(code) exit_code = code end,
}
-- Neovim asks for settings of a section by its path in this table.
config.init_options = { kconfigLint = config.settings.kconfigLint }

vim.cmd("edit " .. folder .. "/zone.config")
local buffer = vim.api.nvim_get_current_buf()
local client_id
if vim.lsp.start then
  client_id = vim.lsp.start(config)
else
  client_id = vim.lsp.start_client(config)
  vim.lsp.buf_attach_client(buffer, client_id)
end
check("starts", client_id ~= nil)

local function codes()
  local found = {}
  for _, each in ipairs(vim.diagnostic.get(buffer)) do found[each.code or ""] = each end
  return found
end
local function wait_for(condition) return vim.wait(30000, condition, 50) end
local function client() return vim.lsp.get_client_by_id(client_id) end
local function request(method, params)
  local answers = vim.lsp.buf_request_sync(buffer, method, params, 30000) or {}
  for _, answer in pairs(answers) do return answer.result, answer.err or answer.error end
end
local encoding = function() return client().offset_encoding end
local function at(line, column)
  vim.api.nvim_win_set_cursor(0, { line, column })
  return vim.lsp.util.make_position_params(0, encoding())
end
local function line_of(pattern)
  for i, line in ipairs(vim.api.nvim_buf_get_lines(buffer, 0, -1, false)) do
    if line:find(pattern) then return i, line end
  end
end

check("shows diagnostics", wait_for(function() return codes()["space-around-equals"] ~= nil end), codes())
local finding = codes()["space-around-equals"] or {}
check("at their place", finding.lnum == 1 and finding.severity == vim.diagnostic.severity.ERROR and finding.source == "kconfig-lint", finding)
check("of the kernel and its base", codes()["unmet-dependency"] ~= nil, codes())

local hover = request("textDocument/hover", at(1, 9))
local text = hover and hover.contents and hover.contents.value or ""
check("shows what a symbol is", text:find("krata%-zone/XEN") ~= nil and text:find("type") ~= nil, hover)

local line = line_of("^CONFIG_PSI")
local params = { textDocument = vim.lsp.util.make_text_document_params(buffer), context = { diagnostics = {} } }
params.range = { start = at(line, 0).position, ["end"] = at(line, 0).position }
local actions, fix = request("textDocument/codeAction", params), nil
for _, action in ipairs(actions or {}) do
  if action.title == "Write CONFIG_PSI=y" then fix = action end
end
check("offers a quick fix", fix ~= nil, actions)
if fix then vim.lsp.util.apply_workspace_edit(fix.edit, encoding()) end
check("which is made in the buffer", line_of("^CONFIG_PSI=y$") ~= nil, vim.api.nvim_buf_get_lines(buffer, 0, 4, false))
check("and the diagnostic goes", wait_for(function() return codes()["space-around-equals"] == nil end), codes())

if vim.fn.has("nvim-0.8") == 1 then
  vim.api.nvim_win_set_cursor(0, { (line_of("XEN_BALLOON_MEMORY_HOTPLUG")), 3 })
  vim.lsp.buf.code_action({ apply = true, filter = function(action) return action.title:find("^Add CONFIG_MEMORY_HOTPLUG=y") ~= nil end })
  check("adds a dependency by vim.lsp.buf.code_action", wait_for(function() return line_of("^CONFIG_MEMORY_HOTPLUG=y$") ~= nil end))
end

local last = vim.api.nvim_buf_line_count(buffer)
vim.api.nvim_buf_set_lines(buffer, last, last, false, { "CONFIG_XEN_BLKDEV_F" })
local list = request("textDocument/completion", at(last + 1, 19)) or {}
local labels = {}
for _, item in ipairs(list.items or list) do labels[item.label] = item end
check("completes a symbol", labels["CONFIG_XEN_BLKDEV_FRONTEND"] ~= nil, list)
vim.api.nvim_buf_set_lines(buffer, last, last + 1, false, { "CONFIG_XEN_BLKDEV_FRONTENT=y # \u{e9}\u{1f600}" })
check("sees what is typed", wait_for(function() return codes()["unknown-symbol"] ~= nil end), codes())
vim.cmd("silent undo")

local params_rename = at(1, 9)
params_rename.newName = "CONFIG_ZEN"
local renamed, refusal = request("textDocument/rename", params_rename)
check("does not rename", renamed == nil and refusal ~= nil and refusal.message:find("Kconfig gives") ~= nil, refusal)

local place = request("textDocument/definition", at(1, 9))
local first = place and (place[1] or place) or {}
check("leads to the row of a profile", tostring(first.uri or first.targetUri):find("rules/krata%-zone%.yaml$") ~= nil, place)

local outline = request("textDocument/documentSymbol", { textDocument = vim.lsp.util.make_text_document_params(buffer) })
check("outlines the file", outline ~= nil and #outline > 0, outline)

vim.lsp.stop_client(client_id)
check("ends with 0", vim.wait(10000, function() return exit_code ~= nil end, 50) and exit_code == 0, exit_code)
io.stdout:write(string.format("%d passed, %d failed\n", passed, failed))
vim.cmd(failed == 0 and "qall!" or "cquit!")
