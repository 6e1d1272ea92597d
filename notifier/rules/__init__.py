"""What is waited for in each kind of case, and until when."""
