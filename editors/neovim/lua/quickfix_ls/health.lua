-- `:checkhealth quickfix_ls`: what of the installation works, what is missing, and the cure.

local health = vim.health or require("health")
local start = health.start or health.report_start
local ok = health.ok or health.report_ok
local info = health.info or health.report_info
local warn = health.warn or health.report_warn
local error_ = health.error or health.report_error

local M = {}

local function configured_command()
  local declared = vim.lsp.config and vim.lsp.config["quickfix_ls"]
  local cmd = declared and declared.cmd or (vim.g.quickfix_ls or {}).cmd
  return cmd or { "quickfix-ls", "serve", "--stdio" }
end

local function check_editor()
  if vim.fn.has("nvim-0.7") == 0 then
    error_("Neovim is older than 0.7", { "Install a newer Neovim" })
  elseif vim.lsp.config and vim.lsp.enable then
    ok("Neovim has vim.lsp.config")
  else
    ok("Neovim is older than 0.11: plugin/quickfix_ls.lua starts the server")
  end
end

-- The command without its arguments of serving: `quickfix-ls`, or `python -m quickfix_ls`.
local function program(cmd)
  local words = {}
  for _, word in ipairs(cmd) do
    if word == "serve" then
      break
    end
    table.insert(words, word)
  end
  return words
end

local function check_command(cmd)
  if vim.fn.executable(cmd[1]) == 0 then
    error_("`" .. cmd[1] .. "` is not on the PATH that Neovim has", {
      "pip install quickfix-ls",
      "or name the command with its path: vim.g.quickfix_ls = { cmd = { '/path/to/quickfix-ls', 'serve' } }",
    })
    return
  end
  local version = vim.fn.system(vim.list_extend(program(cmd), { "--version" }))
  if vim.v.shell_error == 0 then
    ok(vim.trim(version) .. " starts: " .. vim.fn.exepath(cmd[1]))
  else
    error_("`" .. table.concat(cmd, " ") .. "` does not start", vim.split(vim.trim(version), "\n"))
  end
end

local function check_clients()
  local get_clients = vim.lsp.get_clients or vim.lsp.get_active_clients
  local found = 0
  for _, client in pairs(get_clients()) do
    if client.name == "quickfix_ls" then
      found = found + 1
      info("running for " .. (client.config.root_dir or "single files"))
    end
  end
  if found == 0 then
    warn("not running", { "Open a Python or SQL file. If it stays so, see " .. vim.lsp.get_log_path() })
  end
end

function M.check()
  start("quickfix-ls: editor")
  check_editor()
  start("quickfix-ls: server")
  check_command(configured_command())
  check_clients()
  info("`quickfix-ls doctor` says more: settings, models, tools and their cure")
end

return M
