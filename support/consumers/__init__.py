"""The sockets: doors that authenticate, parse, call and acknowledge. Nothing slow happens in them."""
