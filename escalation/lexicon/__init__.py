"""Words and phrases as data. Patterns read ``text.own_words``: lower case, straight quotes, quotations blanked."""
