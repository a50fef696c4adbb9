"""Loading the demo data. Every part says what it changed, and changes nothing that is there already."""
