" quickfix-ls in Vim by ALE: for ~/.vimrc, below the line that loads ALE.

for s:language in ['python', 'sql']
    call ale#linter#Define(s:language, {
    \   'name': 'quickfix-ls',
    \   'lsp': 'stdio',
    \   'executable': 'quickfix-ls',
    \   'command': '%e serve',
    \   'project_root': function('ale#python#FindProjectRoot'),
    \})
endfor
nmap <leader>f <Plug>(ale_code_action)
