-- Opens $QUICKFIX_FILE, waits for our diagnostic, asks for the code action there, takes the first, saves.
-- Prints what went wrong and exits with 1 if any of it takes too long.

local patience = 60000 -- milliseconds

local function give_up(reason)
  io.stderr:write(reason .. "\n")
  vim.cmd("cquit 1")
end

local function wait_for(what, condition)
  if not vim.wait(patience, condition, 10) then
    give_up("waited in vain for " .. what)
  end
end

vim.cmd("edit " .. vim.fn.fnameescape(vim.env.QUICKFIX_FILE))
wait_for("a diagnostic", function()
  return #vim.diagnostic.get(0) > 0
end)

local diagnostic = vim.diagnostic.get(0)[1]
vim.api.nvim_win_set_cursor(0, { diagnostic.lnum + 1, diagnostic.col })

-- The person's choice: the first of the list.
local chosen
vim.ui.select = function(items, _, on_choice)
  chosen = items[1]
  on_choice(items[1], 1)
end

local before = vim.api.nvim_buf_get_changedtick(0)
vim.lsp.buf.code_action()
wait_for("the edit", function()
  return vim.api.nvim_buf_get_changedtick(0) > before
end)
if not chosen then
  give_up("the edit came without a choice")
end
vim.cmd("write")
vim.cmd("qall!")
