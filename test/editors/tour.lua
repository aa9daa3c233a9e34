-- Opens a file in Neovim with the language server attached and prints the findings that it shows; started by scripts/tour.mjs.
local file, server = vim.env.FILE, vim.env.SERVER
vim.cmd("edit " .. file)
local buffer = vim.api.nvim_get_current_buf()
local config = { name = "kconfig-lint", cmd = { vim.env.NODE, server, "lsp", "--stdio" }, root_dir = vim.fn.getcwd() }
if vim.lsp.start then
  vim.lsp.start(config)
else
  vim.lsp.buf_attach_client(buffer, vim.lsp.start_client(config))
end
local severities = { "error", "warning", "info", "hint" }
vim.wait(60000, function() return #vim.diagnostic.get(buffer) > 0 end, 50)
for _, each in ipairs(vim.diagnostic.get(buffer)) do
  local message = vim.split(each.message, "\n")[1]
  io.stdout:write(("line %d: %s: %s [%s]\n"):format(each.lnum + 1, severities[each.severity], message, each.code))
end
vim.cmd("qall!")
