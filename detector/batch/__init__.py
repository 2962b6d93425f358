"""Scoring of many articles: readers, rows, writers, and runs that survive whatever happens to them."""
