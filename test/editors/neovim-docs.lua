-- Waits for what the setup of docs/language-server.md shows; started by scripts/editor-check.mjs with that setup as init file.
local buffer = vim.api.nvim_get_current_buf()
local ok = vim.wait(30000, function()
  for _, each in ipairs(vim.diagnostic.get(buffer)) do
    if each.source == "kconfig-lint" and tostring(each.code):find("^krata%-zone/") then return true end
  end
end, 50)
local passed = ok and vim.bo[buffer].filetype == "kernel-config"
io.stdout:write((passed and "ok   " or "FAIL ") .. "the setup of docs/language-server.md\n")
io.stdout:write(passed and "1 passed, 0 failed\n" or "0 passed, 1 failed\n")
vim.cmd(passed and "qall!" or "cquit!")
