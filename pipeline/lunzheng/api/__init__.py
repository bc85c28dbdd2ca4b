"""What ``import lunzheng`` offers to Python programs."""
