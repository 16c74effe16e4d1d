#!/usr/bin/env python3
# checks.py - runs three checks and tells them as events.
# SPDX-License-Identifier: Apache-2.0
#
# usage: python3 checks.py | allurize convert -f events -
import base64
import itertools
import json
import time
import traceback

refs = itertools.count(1)


def tell(**event):
    print(json.dumps(event), flush=True)


def begin(kind, name, inside=0):
    ref = next(refs)
    # "in" is a word of Python: it is given as a dictionary.
    tell(begin=kind, ref=ref, **{"in": inside})
    tell(text="name", ref=ref, value=name)
    return ref


def run(check, suite):
    test = begin("test", check.__name__, suite)
    tell(add="label", ref=test, name="owner", value="ada")
    tell(time="start", ref=test, ms=int(time.time() * 1000))
    try:
        check()
        tell(status="passed", ref=test)
    except AssertionError as error:
        tell(status="failed", ref=test)
        tell(text="message", ref=test, value=str(error))
        tell(text="trace", ref=test, value=traceback.format_exc())
    except Exception as error:
        tell(status="broken", ref=test)
        tell(text="message", ref=test, value=repr(error))
        picture = begin("attachment", "state", test)
        tell(text="media-type", ref=picture, value="application/octet-stream")
        tell(write="base64", ref=picture,
             value=base64.b64encode(bytes(range(256))).decode())
        tell(end=picture)
    tell(time="stop", ref=test, ms=int(time.time() * 1000))
    tell(end=test)


def adds():
    assert 1 + 1 == 2


def divides():
    assert 7 // 2 == 4, f"7 // 2 is {7 // 2}"


def opens():
    raise OSError("no such device")


suite = begin("suite", "arithmetic")
tell(text="framework", ref=suite, value="checks")
tell(text="language", ref=suite, value="python")
for check in (adds, divides, opens):
    run(check, suite)
tell(end=suite)
