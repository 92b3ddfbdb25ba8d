// Lets the server ask a language model of VS Code. Only where the user chose it: `"provider": "vscode"`. VS Code itself
// asks for consent at the first request.
import { type CancellationToken, LanguageModelChatMessage, lm, workspace } from "vscode";
import { LSPErrorCodes, ResponseError } from "vscode-languageclient/node";
import { SECTION } from "./settings";

export interface ModelRequest {
  readonly messages: readonly { readonly role: string; readonly content: string }[];
  readonly maxTokens: number;
  readonly temperature: number | null;
  readonly family: string | null;
}

/** Raises ResponseError if the user did not choose VS Code's models, if there is none, or if it fails. */
export async function answerLanguageModel(request: ModelRequest, token: CancellationToken): Promise<unknown> {
  if (!isChosen(workspace.getConfiguration(SECTION).get("provider"))) {
    throw failed('VS Code\'s language models are off: the setting quickfix-ls.provider is not "vscode".');
  }
  const [model] = await lm.selectChatModels(request.family ? { family: request.family } : {});
  if (!model) {
    throw failed(`VS Code has no language model${request.family ? ` of the family ${request.family}` : ""}.`);
  }
  const messages = request.messages.map(({ role, content }) =>
    role === "assistant" ? LanguageModelChatMessage.Assistant(content) : LanguageModelChatMessage.User(content),
  );
  const temperature = request.temperature === null ? {} : { temperature: request.temperature };
  const options = {
    justification: "Quickfix asks for fixes of the error at the cursor.",
    modelOptions: { max_tokens: request.maxTokens, ...temperature },
  };
  try {
    const response = await model.sendRequest(messages, options, token);
    let text = "";
    for await (const piece of response.text) {
      text += piece;
    }
    const counts = await Promise.all(messages.map((message) => model.countTokens(message, token)));
    return {
      text,
      model: model.id,
      inputTokens: counts.reduce((sum, count) => sum + count, 0),
      outputTokens: await model.countTokens(text, token),
    };
  } catch (error) {
    throw failed(error instanceof Error ? error.message : String(error));
  }
}

export function isChosen(provider: unknown): boolean {
  const kind = typeof provider === "object" && provider !== null && "kind" in provider ? provider.kind : provider;
  return kind === "vscode";
}

function failed(reason: string): ResponseError<void> {
  return new ResponseError(LSPErrorCodes.RequestFailed, reason);
}
