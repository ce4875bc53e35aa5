;;; Drives the language server from Emacs without a screen, by Eglot, and prints what it saw, one fact a line.  -*- lexical-binding: t -*-
(require 'cl-lib)
;; Before Emacs 29, Eglot is a package.
(package-initialize)
(require 'eglot)

;; As the manual has it, but for where the server is.
(define-derived-mode chor-mode prog-mode "Chor"
  (setq-local comment-start "// "))
(add-to-list 'auto-mode-alist '("\\.chor\\'" . chor-mode))
(add-to-list 'eglot-server-programs (list 'chor-mode (getenv "CHOR_NODE") (getenv "CHOR_SERVER") "--stdio"))

(defun line (name value)
  (princ (format "%s %s\n" name (replace-regexp-in-string "\n" "\\\\n" (format "%s" value)))))

(defun wait-for (seconds done)
  "Wait until DONE gives something, for SECONDS at most, and give that."
  (let ((until (+ (float-time) seconds)) found)
    (while (and (not (setq found (funcall done))) (< (float-time) until))
      (accept-process-output nil 0.02))
    found))

(defun errors ()
  (cl-remove-if-not (lambda (each) (memq (flymake-diagnostic-type each) '(:error eglot-error))) (flymake-diagnostics)))

;; Nobody is asked: without a screen, what asks would end it.
(fset 'y-or-n-p (lambda (&rest _) t))

(switch-to-buffer (find-file-noselect (getenv "CHOR_FILE")))
(setq eglot-sync-connect 30)
(apply #'eglot (eglot--guess-contact))
(line "mode" major-mode)

;; What waits for the next command, as there is none.
(flymake-start)
(let ((found (car (wait-for 10 #'errors))))
  (line "raised" (and found t))
  (when found
    (line "code" (plist-get (alist-get 'eglot-lsp-diag (flymake-diagnostic-data found)) :code))
    (goto-char (point-min))
    (search-forward "choreography Greeting(")
    (let (shown)
      (eglot-hover-eldoc-function (lambda (text &rest _) (setq shown (or text "nothing"))))
      (line "hover" (wait-for 10 (lambda () shown))))
    (goto-char (flymake-diagnostic-beg found))
    (let ((last-nonmenu-event ?a) chosen)
      (cl-letf (((symbol-function 'completing-read)
                 (lambda (_prompt choices &rest _) (setq chosen (caar choices)))))
        (eglot-code-actions (flymake-diagnostic-beg found) (flymake-diagnostic-end found) nil t))
      (line "action" (or chosen "none")))
    (save-buffer)
    (flymake-start)
    (line "cleared" (wait-for 10 (lambda () (null (errors)))))))
