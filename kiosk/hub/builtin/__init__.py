"""The built-in campus: people, cards, PINs and catalogue in the hub's own database."""
