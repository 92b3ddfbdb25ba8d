-- Starts quickfix-ls for buffers of Python and SQL. Settings, all optional, go into `vim.g.quickfix_ls` before this file is read:
--
--   vim.g.quickfix_ls = { cmd = { "quickfix-ls", "serve" }, settings = { maxOffers = 1 } }
--
-- In Neovim 0.11 and later `lsp/quickfix_ls.lua` beside it declares the server, and this file enables it. In 0.7 to
-- 0.10 this file alone is enough: copied into ~/.config/nvim/plugin/, it starts the server itself.

if vim.g.loaded_quickfix_ls then
  return
end
vim.g.loaded_quickfix_ls = true

local user = vim.g.quickfix_ls or {}
-- An empty Lua table would be sent as a list.
local settings = user.settings or vim.empty_dict()

-- What the functions of lua/quickfix_ls need of the server; without that module, nothing.
local has_module, quickfix = pcall(require, "quickfix_ls")
local capabilities = has_module and quickfix.capabilities() or nil
local handlers = has_module and quickfix.handlers or nil

if has_module then
  vim.api.nvim_create_user_command("QuickfixFix", quickfix.fix, { desc = "Apply the sure fix for the cursor's line" })
end

if vim.lsp.config and vim.lsp.enable then
  vim.lsp.config("quickfix_ls", {
    cmd = user.cmd,
    init_options = settings,
    settings = { ["quickfix-ls"] = settings },
    capabilities = capabilities,
    handlers = handlers,
  })
  vim.lsp.enable("quickfix_ls")
  return
end

local root_markers = { "pyproject.toml", "setup.cfg", "setup.py", ".git" }

local function root_of(path)
  local directory = vim.fn.fnamemodify(path, ":p:h")
  while true do
    for _, marker in ipairs(root_markers) do
      if vim.fn.getftype(directory .. "/" .. marker) ~= "" then
        return directory
      end
    end
    local parent = vim.fn.fnamemodify(directory, ":h")
    if parent == directory then
      return vim.fn.fnamemodify(path, ":p:h")
    end
    directory = parent
  end
end

local clients = {} -- by root directory

local function attach(buffer)
  if vim.bo[buffer].buftype ~= "" then
    return
  end
  local root = root_of(vim.api.nvim_buf_get_name(buffer))
  local client = clients[root]
  if not (client and vim.lsp.get_client_by_id(client)) then
    client = vim.lsp.start_client({
      name = "quickfix_ls",
      cmd = user.cmd or { "quickfix-ls", "serve", "--stdio" },
      root_dir = root,
      workspace_folders = { { uri = vim.uri_from_fname(root), name = root } },
      init_options = settings,
      settings = { ["quickfix-ls"] = settings },
      capabilities = capabilities,
      handlers = handlers,
    })
    clients[root] = client
  end
  if client then
    vim.lsp.buf_attach_client(buffer, client)
  end
end

vim.api.nvim_create_autocmd("FileType", {
  group = vim.api.nvim_create_augroup("quickfix_ls", { clear = true }),
  pattern = { "python", "sql", "mysql", "plsql" },
  callback = function(event)
    attach(event.buf)
  end,
})
