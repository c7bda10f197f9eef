"""What a visitor sees and touches: Qt Quick screens and the view models behind them."""
