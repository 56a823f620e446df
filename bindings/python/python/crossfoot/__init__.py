"""Checks that the figures and dates of an article can all be true together.

>>> import crossfoot
>>> report = crossfoot.check("The grant is $290 million over four years, or $82.5 million a year.")
>>> report.findings[0].message
'$290 million over four years comes to $72.5 million a year, not $82.5 million a year'

Places count characters, so that they fit Python's strings:

>>> text = "Über uns: The grant is $290 million over four years, or $82.5 million a year."
>>> place = crossfoot.check(text).findings[0].location
>>> text[place.start:place.end]
'$82.5 million a year'
"""

from ._crossfoot import __version__
from ._results import (
    Finding,
    Label,
    Location,
    Mention,
    Mentions,
    Relation,
    Report,
    Suggestion,
    Summary,
)
from ._run import Rules, check, check_batches, extract

__all__ = [
    "Finding",
    "Label",
    "Location",
    "Mention",
    "Mentions",
    "Relation",
    "Report",
    "Rules",
    "Suggestion",
    "Summary",
    "__version__",
    "check",
    "check_batches",
    "extract",
]
