"""Everything impure: ports and handlers, adapters, processes."""
