"""An agency's own words for a kind of document, in versions of which one is in use."""
