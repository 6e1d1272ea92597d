"""What can go wrong with the embedded parts, as facts; words for people come from the catalogues."""


class EmbeddedFailure(Exception):
    """An embedded part cannot be used.

    `name` is the catalogue's message id (`embedded-<name>`), `facts` its arguments: paths, users, hashes; no secrets.
    """

    def __init__(self, name: str, **facts: str | int) -> None:
        super().__init__(name, facts)
        self.name = name
        self.facts = facts

    def __str__(self) -> str:
        return " ".join([self.name, *(f"{key}={value}" for key, value in self.facts.items())])
