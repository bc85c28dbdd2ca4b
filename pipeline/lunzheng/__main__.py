"""``python -m lunzheng``."""

from lunzheng.cli import main

main()
