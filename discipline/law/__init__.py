"""What the law says, as data: one effective-dated table, read from the files of this folder."""
