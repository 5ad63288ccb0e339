"""The one place where the parts are wired together; what the command line and the server call."""

from __future__ import annotations

import logging
import sys
import threading
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, Self

from kb.answers.answer import AnswerEvent, AskMode, Parts, answer
from kb.answers.rewrite import SYSTEM
from kb.answers.several import answer_each
from kb.backends import open_store, write_indexes
from kb.errors import InputError, ModelUnavailable, NotFound
from kb.models.expansion import Neighbours
from kb.models.weights import NEIGHBOURS_FILE
from kb.protocols import Generator, PassageIndex, Reader
from kb.questions.people import Directory
from kb.questions.query import Query, understand
from kb.questions.several import questions_in
from kb.search.fusion import HybridRetriever
from kb.search.scopes import scoped
from kb.search.spelling import corrected
from kb.serving import Serving, Servings
from kb.settings import Settings
from kb.storage.cache import StateCache
from kb.storage.counts import SpeakerCount, TopicCount
from kb.storage.relational import State
from kb.storage.store import EVERY_CLAIM
from kb.text.plain_text import whole_characters
from kb.types import (
    Answer,
    Claim,
    ClaimFilters,
    Document,
    DocumentSummary,
    Exchange,
    Filters,
    Hit,
    Reason,
)

if TYPE_CHECKING:
    from kb.claims.compare import Comparison

log = logging.getLogger(__name__)

LONGEST_QUESTION = 2_000  # characters
EVERYTHING = Filters()


class KnowledgeBase:
    """A data directory with everything needed to search and ask; a context manager.

    Models and indexes load at first use, or all at once by ``load``. It may be used from many
    threads: the store hands out connections, and the language model runs one call at a time.
    """

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.store = open_store(settings)
        self._loading = threading.RLock()
        self._servings = Servings(settings, self.store)
        self._directories: StateCache[None, Directory] = StateCache(1)
        self._told_of_model = False  # that there is none

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        self._servings.close()
        self.store.close()

    # --- parts --------------------------------------------------------------------------------

    @cached_property
    def _neighbours(self) -> Neighbours | None:
        path = self.settings.models_dir / NEIGHBOURS_FILE
        return Neighbours.load(path) if path.is_file() else None

    @cached_property
    def _generator(self) -> Generator | None:
        from kb.models.generate import load_generator  # its HTTP client costs a search .1 s

        return load_generator(self.settings)

    @cached_property
    def _reader(self) -> Reader | None:
        if not self.settings.careful:
            return None
        from kb.models.reader import load_reader

        return load_reader(self.settings)

    def load(self) -> None:
        """Load models and indexes now. Raises ModelUnavailable, ModelMismatch, StoreError."""
        self._serving().embedder.embed_query("ready")
        _ = self._neighbours
        if self._generator is not None:
            # The model keeps what it read last, so the first question finds its instructions read.
            next(self._generator.generate(SYSTEM, "Hello", max_tokens=1), None)

    def _serving(self) -> Serving:
        """What to answer with, its index brought up to the state of the store."""
        serving = self._servings.current()
        serving.indexes.refresh()
        return serving

    def index(self) -> PassageIndex:
        """What a search looks into, brought up to the state of the store."""
        return self._serving().indexes.current

    def embedding_model(self) -> str:
        """The id of the model that answers now."""
        return self._servings.current().embedder.model_id

    def readiness(self) -> dict[str, bool]:
        """Which parts can serve; asked by health checks, so it loads nothing."""
        serving = self._servings.loaded
        store = self.store.available()
        return {
            "models": serving is not None,
            "store": store,  # without it no index is searched, so none is asked
            "indexes": serving is not None and store and serving.indexes.available(),
        }

    def counts(self) -> dict[str, int]:
        """How many ``documents``, ``passages`` and ``claims`` there are."""
        return self.store.counts()

    def revisions(self) -> tuple[int, int]:
        """How often the store has changed, and the revision that the loaded indexes show."""
        return self.store.state.revision, self._servings.current().indexes.state.revision

    def settings_to_ingest(self) -> Settings:
        """The settings with the embedding model that the store names, if it does."""
        name = self.store.model_name()
        if name is None:
            return self.settings
        return self.settings.model_copy(update={"embedding_model": name})

    # --- documents ----------------------------------------------------------------------------

    def documents(self) -> list[DocumentSummary]:
        return self.store.documents()

    def summary(self, document_id: str) -> DocumentSummary:
        """The list row of a document. Raises NotFound."""
        identifier = self.document(document_id).id
        return next(row for row in self.store.documents() if row.id == identifier)

    def document(self, document_id: str) -> Document:
        """A document by id or the unique beginning of one. Raises NotFound."""
        return self.store.document(document_id)

    def delete(self, document_id: str) -> None:
        """Remove a document from the store and every index. Raises NotFound, StoreLocked."""
        self.document(document_id)
        with open_store(self.settings, write=True) as store:
            store.delete_document(document_id)
            write_indexes(self.settings, store)

    def speakers(self) -> list[SpeakerCount]:
        return self.store.speakers()

    def topics(self) -> list[TopicCount]:
        return self.store.topics()

    def claims(
        self, filters: ClaimFilters = EVERY_CLAIM, limit: int = 100, offset: int = 0
    ) -> tuple[list[Claim], int]:
        """Claims that fit, and how many there are without the limit. Raises NotFound."""
        return self.store.claims(filters, limit, offset)

    def explain_claim(self, identifier: str) -> tuple[Claim, tuple[Reason, ...]]:
        """A claim and why each of its fields has its value. Raises NotFound."""
        from kb.claims.extract import explain  # its patterns cost a search .2 s

        claim = self.store.claim(identifier)
        return claim, explain(self.document(claim.document_id), claim)

    def compare_claims(self, subject: str) -> Comparison:
        """The claims on one subject by event and person, and where they do not meet.

        Raises InputError for an empty or very long subject.
        """
        from kb.claims.compare import compare  # see explain_claim

        claims, _ = self.store.claims(limit=sys.maxsize)
        return compare(claims, subject)

    # --- questions ----------------------------------------------------------------------------

    def search(
        self,
        query: str,
        limit: int = 10,
        filters: Filters = EVERYTHING,
        history: Sequence[Exchange] = (),
    ) -> list[Hit]:
        """The passages that fit best; a follow-up is completed from the history.

        Raises InputError for an empty query.
        """
        understood = self._understand(query, history)
        retriever = self._parts().retriever
        hits = retriever.results(understood, limit, self._complete(filters))
        documents = self.store.documents_by_id({hit.passage.document_id for hit in hits})
        return [
            Hit(hit.passage, hit.score, hit.rank, documents[hit.passage.document_id].title)
            for hit in hits
            if hit.passage.document_id in documents
        ]

    def ask(
        self,
        question: str,
        history: Sequence[Exchange] = (),
        filters: Filters = EVERYTHING,
        mode: AskMode = "auto",
    ) -> Iterator[AnswerEvent]:
        """Quotes first, then pieces of the answer, then the whole Answer, always last.

        Raises InputError for an empty question, ModelUnavailable when ``mode="llm"`` and there is
        no language model, and when the settings say ``careful`` and there is no reader.
        """
        generator = None if mode == "extractive" else self._language_model(mode)
        with self._loading:
            reader = self._reader
        parts = self._parts(generator, reader)
        chosen = self._complete(filters)

        def ask(asked: str, past: Sequence[Exchange], first: int) -> Iterator[AnswerEvent]:
            return answer(self._understand(asked, past), chosen, mode, parts, first)

        questions = questions_in(question)
        if len(questions) == 1:
            return ask(question, history, 1)
        return answer_each(question.strip(), questions, history, ask)

    def answer(
        self,
        question: str,
        history: Sequence[Exchange] = (),
        filters: Filters = EVERYTHING,
        mode: AskMode = "auto",
    ) -> Answer:
        """The whole answer at once."""
        *_, last = self.ask(question, history, filters, mode)
        assert isinstance(last, Answer)
        return last

    def _understand(self, question: str, history: Sequence[Exchange]) -> Query:
        question = whole_characters(question)
        history = [
            Exchange(whole_characters(past.question), whole_characters(past.answer))
            for past in history
        ]
        if not question.strip():
            raise InputError("The question is empty.", "Write what you want to know.")
        if len(question) > LONGEST_QUESTION:
            raise InputError(
                f"The question has more than {LONGEST_QUESTION} characters.", "Shorten it."
            )
        index = self.index()
        with self.store.snapshot() as state:
            documents = self.store.documents()
        spelt = corrected(question, index, self._neighbours)
        query = replace(
            understand(spelt, self._directory(state, documents), history), typed=question.strip()
        )
        if query.broad:
            return query
        return scoped(query, index, (document.id for document in documents))

    def _directory(self, state: State, documents: Sequence[DocumentSummary]) -> Directory:
        """The people of all documents, kept until these change."""
        found = self._directories.get_many(state, [None])
        if not found:
            found = {None: Directory(documents)}
            self._directories.put_many(state, found)
        return found[None]

    def _complete(self, filters: Filters) -> Filters:
        """Filters with document ids completed; an unknown document is left as it is."""
        if not filters.documents:
            return filters
        documents = tuple(self._completed_id(document) for document in filters.documents)
        return Filters(
            filters.speakers, documents, filters.topics, filters.date_from, filters.date_to
        )

    def _completed_id(self, document: str) -> str:
        try:
            return self.store.document(document).id
        except NotFound:
            return document

    def _language_model(self, mode: AskMode) -> Generator | None:
        try:
            with self._loading:
                return self._generator
        except ModelUnavailable as error:
            if mode == "llm":
                raise
            if not self._told_of_model:
                self._told_of_model = True
                log.warning("%s: answers are quotes alone. %s", str(error).rstrip("."), error.hint)
            return None

    def _parts(self, generator: Generator | None = None, reader: Reader | None = None) -> Parts:
        serving = self._serving()
        index, store, embedder = serving.indexes.current, serving.store, serving.embedder
        retriever = HybridRetriever(store, index, embedder, self._neighbours)
        return Parts(store, retriever, index, embedder, self._neighbours, generator, reader)
