"""Tables of the contexts' views, as SQLModel classes: what the migrations create and the APIs answer with."""
