//! Starts `quickfix-ls serve`, found on the PATH of the worktree or named in the settings of Zed.

use zed_extension_api::{self as zed, settings::LspSettings, LanguageServerId, Result, Worktree};

const SERVER: &str = "quickfix-ls";

struct QuickfixLs;

impl zed::Extension for QuickfixLs {
    fn new() -> Self {
        QuickfixLs
    }

    fn language_server_command(
        &mut self,
        _server: &LanguageServerId,
        worktree: &Worktree,
    ) -> Result<zed::Command> {
        let binary = LspSettings::for_worktree(SERVER, worktree)?.binary;
        let (path, arguments) = binary.map_or((None, None), |named| (named.path, named.arguments));
        let command = path.or_else(|| worktree.which(SERVER)).ok_or_else(|| {
            format!("`{SERVER}` is not on the PATH: pip install {SERVER}, or name it in lsp.{SERVER}.binary.path")
        })?;
        Ok(zed::Command {
            command,
            args: arguments.unwrap_or_else(|| vec!["serve".into(), "--stdio".into()]),
            env: worktree.shell_env(),
        })
    }

    fn language_server_workspace_configuration(
        &mut self,
        _server: &LanguageServerId,
        worktree: &Worktree,
    ) -> Result<Option<zed::serde_json::Value>> {
        Ok(LspSettings::for_worktree(SERVER, worktree)?.settings)
    }
}

zed::register_extension!(QuickfixLs);
