"""Documents: their words, read and filled in; and the layout of Decree 30/2020/NĐ-CP, as Word and as PDF."""
