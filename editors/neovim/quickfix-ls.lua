-- quickfix-ls for Neovim 0.7 and later: put this file into ~/.config/nvim/plugin/.
--
-- With `vim.lsp.config` (0.11 and later) the server is declared and enabled; before, it is started for each Python
-- buffer. Settings, all optional, go into `vim.g.quickfix_ls` before this file is read:
--
--   vim.g.quickfix_ls = { cmd = { "quickfix-ls", "serve" }, settings = { maxOffers = 1 } }

local user = vim.g.quickfix_ls or {}
local cmd = user.cmd or { "quickfix-ls", "serve", "--stdio" }
-- An empty Lua table would be sent as a list.
local settings = user.settings or vim.empty_dict()
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

if vim.lsp.config and vim.lsp.enable then
  vim.lsp.config("quickfix-ls", {
    cmd = cmd,
    filetypes = { "python" },
    root_markers = root_markers,
    init_options = settings,
    settings = { ["quickfix-ls"] = settings },
  })
  vim.lsp.enable("quickfix-ls")
  return
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
      name = "quickfix-ls",
      cmd = cmd,
      root_dir = root,
      workspace_folders = { { uri = vim.uri_from_fname(root), name = root } },
      init_options = settings,
      settings = { ["quickfix-ls"] = settings },
    })
    clients[root] = client
  end
  if client then
    vim.lsp.buf_attach_client(buffer, client)
  end
end

vim.api.nvim_create_autocmd("FileType", {
  group = vim.api.nvim_create_augroup("quickfix-ls", { clear = true }),
  pattern = "python",
  callback = function(event)
    attach(event.buf)
  end,
})
