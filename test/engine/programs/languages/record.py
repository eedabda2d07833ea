"""Drops from an exported state what tells of the machine it was recorded on: `record.py < exported > state.json`."""

import json
import sys


def portable(value):
    if isinstance(value, list):
        return [portable(one) for one in value]
    if not isinstance(value, dict):
        return value
    return {key: portable(one) for key, one in value.items() if key not in ("sourcePosition", "stackTrace")}


json.dump(portable(json.load(sys.stdin)), sys.stdout, indent=1)
print()
