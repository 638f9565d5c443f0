"""`python -m undersong` is the `undersong` command."""

from undersong.cli import main

if __name__ == "__main__":
    main()
