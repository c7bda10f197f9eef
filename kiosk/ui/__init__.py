"""What a visitor sees and touches: Qt Quick screens and the view models behind them."""

from kiosk.ui.bindings import import_lean
from kiosk.ui.features import search_no_more

import_lean()
search_no_more()
