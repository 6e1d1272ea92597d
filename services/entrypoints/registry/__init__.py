"""The registry's process: alone holds the wrapping key and the registry's login."""
