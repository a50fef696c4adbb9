"""Pages that Django renders: the frames that the faces run in, and the manager's page."""
