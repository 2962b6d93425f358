"""Small words of names: those that a short form may skip."""

from __future__ import annotations

_SMALL = "of the for and in on to at a an & with by from de la del du des et der von und y e di da"
_COMPANY = "plc ltd limited inc corp corporation co company group sa ag nv llc llp pty holdings gmbh"
SMALL = frozenset(_SMALL.split())
"""Words that a short form may skip."""
COMPANY = frozenset(_COMPANY.split())
"""Words of a company's name that its short form mostly skips."""
