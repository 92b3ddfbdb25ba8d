---@brief
---
--- `quickfix-ls` offers the right quick fix for errors in Python and SQL, offline and in milliseconds.
---
--- Install it so that the command is on your `PATH`:
---
--- ```sh
--- pip install quickfix-ls
--- ```
---
--- Another server may report the same errors; `diagnostics = "off"` leaves the reporting to it, and the fixes stay:
---
--- ```lua
--- vim.lsp.config("quickfix_ls", { settings = { ["quickfix-ls"] = { diagnostics = "off" } } })
--- vim.lsp.enable("quickfix_ls")
--- ```

---@type vim.lsp.Config
return {
  cmd = { "quickfix-ls", "serve", "--stdio" },
  filetypes = { "python", "sql", "mysql", "plsql" },
  root_markers = { "pyproject.toml", "setup.cfg", "setup.py", ".git" },
  settings = { ["quickfix-ls"] = vim.empty_dict() },
}
