;;; quickfix-ls-eglot.el --- quick fixes for errors in Python and SQL, by eglot -*- lexical-binding: t -*-

;; For an init file. Emacs 29 and later have eglot; before, it is a package of GNU ELPA.

;;; Code:

(with-eval-after-load 'eglot
  (add-to-list 'eglot-server-programs '((python-mode python-ts-mode sql-mode) . ("quickfix-ls" "serve")))
  (define-key eglot-mode-map (kbd "C-c a") #'eglot-code-actions)
  (define-key eglot-mode-map (kbd "C-c f") #'eglot-code-action-quickfix))
(add-hook 'python-mode-hook #'eglot-ensure)
(add-hook 'python-ts-mode-hook #'eglot-ensure)
(add-hook 'sql-mode-hook #'eglot-ensure)

;;; quickfix-ls-eglot.el ends here
