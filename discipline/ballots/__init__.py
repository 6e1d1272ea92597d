"""Secret ballots (bỏ phiếu kín): a roll of who took part, and a count. Who chose what is nobody's to know."""
