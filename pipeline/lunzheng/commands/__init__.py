"""What the commands do, one module a group; the command line only parses."""
