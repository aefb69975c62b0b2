"""``python -m peerpact``: the command line."""

from peerpact.cli import main

main()
