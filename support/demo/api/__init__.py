"""The look-ups that the bot's action server makes."""
