"""The commands of `kycuong`, a module each or a module for each group; cli.py names them."""
