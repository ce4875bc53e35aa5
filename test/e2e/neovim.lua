-- Drives the language server from Neovim without a screen, and prints what it saw, one fact a line.
local file, server = os.getenv('CHOR_FILE'), os.getenv('CHOR_SERVER')
vim.cmd('edit ' .. vim.fn.fnameescape(file))
vim.bo.filetype = 'chor'
local client = vim.lsp.start_client({ name = 'chor', cmd = { os.getenv('CHOR_NODE'), server, '--stdio' }, root_dir = vim.fn.fnamemodify(file, ':h') })
vim.lsp.buf_attach_client(0, client)

local function errors() return vim.diagnostic.get(0, { severity = vim.diagnostic.severity.ERROR }) end
local function line(text) io.stdout:write(text:gsub('\n', '\\n') .. '\n') end

line('raised ' .. tostring(vim.wait(8000, function() return #errors() > 0 end, 20)))
local found = errors()[1]
line('code ' .. tostring(found and found.code))

local header = vim.fn.search('choreography Greeting') - 1
vim.api.nvim_win_set_cursor(0, { header + 1, #'choreography Greeting(' })
for _, reply in pairs(vim.lsp.buf_request_sync(0, 'textDocument/hover', vim.lsp.util.make_position_params(), 3000) or {}) do
  line('hover ' .. (reply.result and reply.result.contents.value or 'nothing'))
end

if found then
  local from = { line = found.lnum, character = found.col }
  local params = {
    textDocument = vim.lsp.util.make_text_document_params(), range = { start = from, ['end'] = from },
    context = { diagnostics = { found.user_data.lsp and vim.tbl_extend('force', { range = { start = from, ['end'] = { line = found.end_lnum, character = found.end_col } }, message = found.message }, found.user_data.lsp) or nil } },
  }
  for _, reply in pairs(vim.lsp.buf_request_sync(0, 'textDocument/codeAction', params, 5000) or {}) do
    local action = (reply.result or {})[1]
    line('action ' .. (action and action.title or 'none'))
    if action then vim.lsp.util.apply_workspace_edit(action.edit, 'utf-16') end
  end
end
line('cleared ' .. tostring(vim.wait(5000, function() return #errors() == 0 end, 20)))
vim.cmd('silent write')
vim.cmd('qa!')
