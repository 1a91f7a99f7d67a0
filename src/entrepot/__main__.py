"""`python -m entrepot`: the command line, for where its script is not on the path."""

from entrepot.cli import main

if __name__ == "__main__":
    main(prog_name="python -m entrepot")
