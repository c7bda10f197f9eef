"""requests, without its guessing of character sets: it costs 2 MB, and what the hub says is read as bytes."""

import warnings

from kiosk.lean import without

with warnings.catch_warnings(), without("chardet", "charset_normalizer"):
    warnings.simplefilter("ignore")  # requests says that it cannot guess
    import requests as requests
    from requests.adapters import HTTPAdapter as HTTPAdapter
