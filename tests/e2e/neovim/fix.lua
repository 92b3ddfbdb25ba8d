-- Opens $QUICKFIX_FILE, puts the cursor at $QUICKFIX_CURSOR ("line byte"), asks for the fix with the keys
-- $QUICKFIX_KEYS, takes the first of the list where one is shown, and saves; what was saved is copied to
-- $QUICKFIX_FILE.fixed. Then undoes once and saves.
-- Prints what went wrong and exits with 1 if any of it takes too long.

local patience = 60000 -- milliseconds

local function give_up(reason)
  io.stderr:write(reason .. "\n")
  vim.cmd("cquit 1")
end

local function wait_for(what, condition)
  if not vim.wait(patience, condition, 10) then
    give_up("waited in vain for " .. what .. "\n" .. vim.api.nvim_exec("messages", true))
  end
end

local function reported_by(source)
  return function()
    for _, diagnostic in ipairs(vim.diagnostic.get(0)) do
      if (diagnostic.source or ""):lower() == source then
        return true
      end
    end
    return false
  end
end

vim.cmd("edit " .. vim.fn.fnameescape(vim.env.QUICKFIX_FILE))
for source in vim.gsplit(vim.env.QUICKFIX_SOURCES, " ") do
  wait_for("a diagnostic of " .. source, reported_by(source))
end

local line, byte = unpack(vim.split(vim.env.QUICKFIX_CURSOR, " "))
vim.api.nvim_win_set_cursor(0, { tonumber(line), tonumber(byte) })

-- The person's choice: the first of the list.
vim.ui.select = function(items, _, on_choice)
  on_choice(items[1], 1)
end

local before = vim.api.nvim_buf_get_changedtick(0)
vim.api.nvim_feedkeys(vim.api.nvim_replace_termcodes(vim.env.QUICKFIX_KEYS, true, false, true), "mx", false)
wait_for("the edit", function()
  return vim.api.nvim_buf_get_changedtick(0) > before
end)

vim.cmd("write")
vim.loop.fs_copyfile(vim.env.QUICKFIX_FILE, vim.env.QUICKFIX_FILE .. ".fixed")
vim.cmd("undo")
vim.cmd("write")
vim.cmd("qall!")
