" quickfix-ls in Vim by ALE: for ~/.vimrc, below the line that loads ALE.

call ale#linter#Define('python', {
\   'name': 'quickfix-ls',
\   'lsp': 'stdio',
\   'executable': 'quickfix-ls',
\   'command': '%e serve',
\   'project_root': function('ale#python#FindProjectRoot'),
\})
nmap <leader>f <Plug>(ale_code_action)
