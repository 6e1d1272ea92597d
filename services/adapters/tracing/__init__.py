"""How spans leave a process: OpenTelemetry's protocol over HTTP."""
