"""Which family of models a generator belongs to, by the name that a corpus gives it."""

from __future__ import annotations

import re

FAMILIES = (
    ("gpt-5 and o3", r"gpt-?5|\bo[34]\b|o4-mini|o3-pro"),
    ("gpt-4", r"gpt-?4|chatgpt-4"),
    ("gpt-3.5", r"gpt-?3\.5|chatgpt"),
    ("gpt-3", r"davinci|curie|babbage"),
    ("vicuna", r"vicuna"),
    ("llama", r"\bllama"),  # not Ollama, which runs any model
    ("claude", r"claude"),
    ("palm, gemini and gemma", r"palm|gemini|gemma"),
    ("mistral", r"mistral|pixtral"),
    ("qwen and deepseek", r"qwen|deepseek"),
    ("grok", r"grok"),
    ("opt, falcon and flan", r"\bopt\b|falcon|flan"),
)
"""Families by what their names hold, tried in this order."""

_CURRENT = re.compile(r"gpt-?5|claude[ -](opus|sonnet)[ -]4|frontier-llm-2026")


def generator_family(name: str) -> str:
    """The family of a generator, "other" for one that no family knows.

    >>> [generator_family(name) for name in ("ChatGPT", "gpt-4o", "openai:gpt-5.2", "gemma3:4b (Ollama)", "llm")]
    ['gpt-3.5', 'gpt-4', 'gpt-5 and o3', 'palm, gemini and gemma', 'other']
    """
    lower = name.lower().replace("_", "-")
    return next((family for family, pattern in FAMILIES if re.search(pattern, lower)), "other")


def generation(name: str) -> str:
    """Whether a model is a current one (Claude Opus or Sonnet 4.x, GPT-5.x), an older or smaller one, or unstated.

    >>> [generation(name) for name in ("Claude Opus 4.6 (1M context)", "claude-3-5-sonnet", "llm-unspecified")]
    ['current', 'older or smaller', 'unstated']
    """
    lower = name.lower().replace("_", "-")
    if _CURRENT.search(lower):
        return "current"
    return "unstated" if "unspecified" in lower or "unstated" in lower else "older or smaller"
