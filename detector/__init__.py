"""Scores how likely a news article is low-quality machine output, and shows why."""

__version__ = "0.1.0"
