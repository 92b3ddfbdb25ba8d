-- The functions of quickfix-ls for keys and the statusline, in Neovim 0.7 and later:
--
--   vim.keymap.set("n", "<leader>f", require("quickfix_ls").fix)
--   vim.o.statusline = "%f %= %{v:lua.require'quickfix_ls'.status()}"

local M = {}

local states = {} -- what the server said last about itself, by client id

-- Handlers of the server's own notifications, for the configuration of the client.
M.handlers = {
  ["quickfix-ls/status"] = function(_, status, context)
    states[context.client_id] = status
    vim.cmd("redrawstatus!")
  end,
}

-- The client's capabilities: Neovim's own, and that it takes the server's status.
function M.capabilities()
  local capabilities = vim.lsp.protocol.make_client_capabilities()
  capabilities.experimental = { ["quickfix-ls"] = { status = true } }
  return capabilities
end

-- The client of quickfix-ls that is attached to the buffer, or nil.
function M.client(buffer)
  local get_clients = vim.lsp.get_clients or vim.lsp.get_active_clients
  for _, client in pairs(get_clients()) do
    if client.name == "quickfix_ls" and vim.lsp.buf_is_attached(buffer, client.id) then
      return client
    end
  end
end

-- A short text for the statusline: empty without the server, "quickfix" when it is ready, else also what it is doing.
function M.status()
  local client = M.client(vim.api.nvim_get_current_buf())
  if not client then
    return ""
  end
  local status = states[client.id] or {}
  local parts = { "quickfix" }
  if status.state and status.state ~= "ready" then
    table.insert(parts, status.state)
  end
  if type(status.model) == "string" then
    table.insert(parts, status.model)
  end
  return table.concat(parts, " ")
end

local function request(client, method, params, buffer, on_result)
  local function answer(err, result)
    if err then
      vim.notify("quickfix-ls: " .. err.message, vim.log.levels.WARN)
    else
      on_result(result)
    end
  end
  if vim.fn.has("nvim-0.11") == 1 then
    client:request(method, params, answer, buffer)
  else
    client.request(method, params, answer, buffer)
  end
end

-- The diagnostics of the cursor's line, other servers' too, as their servers sent them.
local function diagnostics_here(buffer)
  local line = vim.api.nvim_win_get_cursor(0)[1] - 1
  local found = {}
  for _, diagnostic in ipairs(vim.diagnostic.get(buffer, { lnum = line })) do
    local sent = (diagnostic.user_data or {}).lsp
    if sent and sent.range then
      table.insert(found, sent)
    end
  end
  return found
end

local function apply(client, action, buffer)
  if action.edit then
    vim.lsp.util.apply_workspace_edit(action.edit, client.offset_encoding)
  end
  if action.command then
    request(client, "workspace/executeCommand", action.command, buffer, function() end)
  end
end

-- Apply the fix for the cursor's line that the server is sure of, without asking. Where it is sure of none, say so.
function M.fix()
  local buffer = vim.api.nvim_get_current_buf()
  local client = M.client(buffer)
  if not client then
    vim.notify("quickfix-ls is not attached to this buffer; see :checkhealth quickfix_ls", vim.log.levels.WARN)
    return
  end
  local params = vim.lsp.util.make_range_params(0, client.offset_encoding)
  params.context = { diagnostics = diagnostics_here(buffer), only = { "quickfix" } }
  request(client, "textDocument/codeAction", params, buffer, function(actions)
    for _, action in ipairs(actions or {}) do
      if action.isPreferred and action.edit then
        return apply(client, action, buffer)
      end
      if action.isPreferred then
        return request(client, "codeAction/resolve", action, buffer, function(resolved)
          apply(client, resolved, buffer)
        end)
      end
    end
    vim.notify("quickfix-ls: no fix here that is sure enough to apply unseen; ask for code actions", vim.log.levels.INFO)
  end)
end

return M
