"""The resources that answers need: the pipelines of the languages, the models, the checkers, and the types.

They live as long as the worker; most methods return a view of them for one document and request, under the document's
settings.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from quickfix_ls.checkers.serving import Servers
from quickfix_ls.languages.language import Language, TypeService
from quickfix_ls.pipeline import Pipeline
from quickfix_ls.refused_changes import name_of, refused_at
from quickfix_ls.settings import rules_for
from quickfix_ls.worker.checking import Checking
from quickfix_ls.worker.editor_models import EditorModels
from quickfix_ls.worker.frames import AskOffers, Configure, Late, ToServer
from quickfix_ls.worker.generation import DocumentModels, Generations
from quickfix_ls.worker.loading import load
from quickfix_ls.worker.open_documents import Documents, OpenDocument
from quickfix_ls.worker.type_lookup import TypeLookup

if TYPE_CHECKING:
    from anyio.abc import TaskGroup

logger = logging.getLogger(__name__)


class Resources:
    """Pipelines by language, gateways to models, checker processes and type services; the last three start on demand.

    Work in the background runs in `tasks`; `send` takes the message that better answers exist now.
    """

    def __init__(self, send: Callable[[ToServer], None], tasks: TaskGroup, documents: Documents) -> None:
        self._send = send
        self._tasks = tasks
        self._documents = documents
        self._config = Configure("", ())
        self._pipelines: dict[str, Pipeline | None] = {}
        self.editor_models = EditorModels(send)
        self._generations = Generations(tasks, self.editor_models)
        self._servers = Servers(tasks)
        self._types: dict[str, TypeService] = {}

    def configure(self, config: Configure, expected: Language) -> str:
        """Use another configuration: load the pipeline of the `expected` language if the selector has changed.

        Returns what the user should know about the models, or an empty string.
        """
        before, self._config = self._config, config
        self._generations.may_ask_editor = config.editor_models
        if config.selector == before.selector and self._pipelines:
            return ""
        self._pipelines.clear()
        return self._load(expected)

    def loaded(self, language: Language) -> Pipeline | None:
        """Return the loaded pipeline of a language, without a document's rules; None if no model could be loaded."""
        return self._pipelines[language.name]

    def pipeline(self, document: OpenDocument) -> Pipeline | None:
        """Return the pipeline under the document's present rules; None if no model could be loaded.

        Answers that were given under other rules are dropped.
        """
        name = name_of(document.path, document.uri)
        rules = rules_for(self._documents.settings(document.path), document.path)._replace(never=refused_at(name))
        if rules != document.rules:
            document.rules = rules
            document.forget_answers()
        if document.language.name not in self._pipelines and (notice := self._load(document.language)):
            logger.warning("%s", notice)
        pipeline = self._pipelines[document.language.name]
        return pipeline.under(rules, name) if pipeline else None

    def models(self, document: OpenDocument, question: AskOffers) -> DocumentModels | None:
        """Return the models that the settings name, with the question's deadline; None if they name none."""
        settings, uri = self._documents.settings(document.path), document.uri

        def late() -> None:
            if (still := self._documents.get(uri)) is not None:
                still.forget_answers()
                self._send(Late(uri))

        return self._generations.models_for(settings, document.path, time.monotonic() + question.deadline, late)

    def checking(self, document: OpenDocument, question: AskOffers) -> Checking | None:
        """Return the checkers that the settings name and the language's judge, with the question's deadline; None if
        there are none. Checkers run on files, so that a view of one has only a judge."""
        names = self._documents.settings(document.path).checkers if document.view is None else ()
        until = time.monotonic() + question.checking
        if not names and document.language.judges.of(document.index.environment) is None:
            return None
        return Checking(names, document.path, until, document.checked, self._servers, document.judged)

    def type_lookup(self, document: OpenDocument) -> TypeLookup | None:
        """Return the access to types; None if the language has none or its type inference isn't installed."""
        evidence = document.language.types
        if document.rules.silent or evidence is None or not evidence.is_installed():
            return None
        name = document.language.name
        if name not in self._types:
            self._types[name] = evidence.start()

        def late() -> None:
            if self._documents.get(document.uri) is document:
                self._send(Late(document.uri))

        roots, known = self._documents.roots, document.inferred
        return TypeLookup(evidence, self._types[name], self._tasks, document.path, roots, known, late)

    def drop_obsolete(self, text: str, path: str) -> None:
        """End the model requests about the file at `path` whose region is no longer part of its `text`."""
        self._generations.drop_obsolete(text, path)

    async def aclose(self) -> None:
        """Close the gateways to models and stop the processes. Cancellation leaves some of them running."""
        await self._generations.aclose()
        await self._servers.aclose()
        for service in self._types.values():
            await service.aclose()

    def _load(self, language: Language) -> str:
        """Load the pipeline of a language. Returns what the user should know about it, or an empty string."""
        self._pipelines[language.name], notice = load(self._config, language)
        return notice
