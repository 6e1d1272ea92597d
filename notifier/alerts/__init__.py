"""An alert: opened once per cause, climbs its ladder until somebody acts, ends by itself."""
