"""Tells stories one after another: `SCRIPT PROGRAMS [STORY ...]`. A story that is not as it should be ends the script."""
import os
import sys


def expect(truth, what):
    if not truth:
        raise SystemExit(f"not as it should be: {what}")


def tell(stories):
    wanted = sys.argv[2:]
    chosen = [story for story in stories if not wanted or story.__name__ in wanted]
    for story in chosen:
        print(f"{story.__name__}: {story.__doc__}", flush=True)
        story(os.path.abspath(sys.argv[1]))
    print(f"{len(chosen)} stories told as they should be")
    sys.exit(0 if chosen else 1)
