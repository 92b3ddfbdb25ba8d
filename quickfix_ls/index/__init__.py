"""What is known of the text of one file, unit by unit, in any language; kept up to date at the cost of each edit."""
