"""What a visitor sees and touches: Qt Quick screens and the view models behind them."""

from kiosk.ui.features import search_no_more

search_no_more()
