"""The servers that use the chat completions format, a row for each, with its differences.

Sources are the servers' own references: OpenAI, Azure's v1 API, Databricks model serving, vLLM, Ollama, LM Studio,
llama.cpp's `llama-server`, OpenRouter. To add a server, add a row.
"""

from __future__ import annotations

from quickfix_ls.providers.endpoint import Profile

_PREDICTING = ("gpt-4o", "gpt-4.1")
"""The prefixes of the names of OpenAI's models that accept predicted outputs."""

PROFILES: dict[str, Profile] = {
    "openai": Profile(
        base_url="https://api.openai.com/v1",
        key_env="OPENAI_API_KEY",
        schema="strict",
        prediction=_PREDICTING,
        output_limit="max_completion_tokens",
        metered=True,
    ),
    # A deployment's name is the model; the base url ends in `/openai/v1`.
    "azure": Profile(
        key_env="AZURE_OPENAI_API_KEY",
        key_header="api-key",
        schema="strict",
        prediction=_PREDICTING,
        output_limit="max_completion_tokens",
        metered=True,
    ),
    # The base url ends in `/serving-endpoints`, the endpoint's name is the model.
    "databricks": Profile(key_env="DATABRICKS_TOKEN", schema="strict", usage=False, metered=True),
    "openrouter": Profile(
        base_url="https://openrouter.ai/api/v1",
        key_env="OPENROUTER_API_KEY",
        schema="strict",
        headers={"X-Title": "quickfix-ls"},
        metered=True,
    ),
    "vllm": Profile(base_url="http://127.0.0.1:8000/v1", schema="plain"),
    "ollama": Profile(base_url="http://127.0.0.1:11434/v1", model="qwen2.5-coder", schema="plain"),
    "lmstudio": Profile(base_url="http://127.0.0.1:1234/v1", schema="plain"),
    "llamacpp": Profile(base_url="http://127.0.0.1:8080/v1", model="default", schema="plain", caching="cache_prompt"),
    "embedded": Profile(schema="plain", caching="cache_prompt"),
}
