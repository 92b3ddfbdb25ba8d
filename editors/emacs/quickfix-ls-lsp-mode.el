;;; quickfix-ls-lsp-mode.el --- quick fixes for errors in Python and SQL, by lsp-mode -*- lexical-binding: t -*-

;; For an init file. As an add-on the server runs beside the ones that you use for Python and SQL.

;;; Code:

(with-eval-after-load 'lsp-mode
  (lsp-register-client
   (make-lsp-client :new-connection (lsp-stdio-connection '("quickfix-ls" "serve"))
                    :activation-fn (lsp-activate-on "python" "sql")
                    :add-on? t
                    :server-id 'quickfix-ls))
  (define-key lsp-mode-map (kbd "C-c a") #'lsp-execute-code-action))
(add-hook 'python-mode-hook #'lsp-deferred)
(add-hook 'python-ts-mode-hook #'lsp-deferred)
(add-hook 'sql-mode-hook #'lsp-deferred)

;;; quickfix-ls-lsp-mode.el ends here
