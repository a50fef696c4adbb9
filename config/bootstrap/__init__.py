"""Makes what Baton needs before it can run: two Python environments. Standard library only; any Python from 3.8."""
